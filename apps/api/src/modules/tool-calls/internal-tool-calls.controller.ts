import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Internal, Runtime } from '#access';
import { NotAudited } from '#audit-log';
import { Endpoint } from '#http';
import type { RuntimeScope } from '#kernel';
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
    description:
      'The agent must be a live one of the workspace; the server at the stated level, and the crew where one is named, ' +
      'must be the workspace’s too. A bound token reports only on what it is bound to: naming another workspace, crew or ' +
      'agent is refused, and a crew’s token finds no agents but the crew’s own.',
    status: 201,
    type: RecordedToolCallResponse,
    errors: [400, 403, 404],
  })
  record(@Runtime() scope: RuntimeScope, @Body() body: RecordToolCallDto): Promise<RecordedToolCallResponse> {
    return this.calls.record(scope, body);
  }
}
