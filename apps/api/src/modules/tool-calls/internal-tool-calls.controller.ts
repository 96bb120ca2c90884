import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Internal } from '#access';
import { NotAudited } from '#audit-log';
import { Endpoint } from '#http';
import { RecordToolCallDto } from './dto/record-tool-call.dto.js';
import { RecordedToolCallResponse } from './dto/tool-call.response.js';
import { ToolCallsService } from './tool-calls.service.js';

/** The runtime's reports of tool calls. */
@ApiTags('Internal')
@Controller('api/v1/internal/mcp-tool-calls')
export class InternalToolCallsController {
  constructor(private readonly calls: ToolCallsService) {}

  @Post()
  @Internal()
  @NotAudited('the record is an audit trail of its own')
  @Endpoint({
    id: 'recordToolCall',
    summary: 'Record a tool call of an agent',
    description: 'The agent must be a live one of the workspace, and the crew, where one is named, too.',
    status: 201,
    type: RecordedToolCallResponse,
    errors: [400, 404],
  })
  record(@Body() body: RecordToolCallDto): Promise<RecordedToolCallResponse> {
    return this.calls.record(body);
  }
}
