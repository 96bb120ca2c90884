import { Injectable } from '@nestjs/common';
import { parseInstant } from '#http';
import { Clock, Ids, type Page, type WorkspaceScope } from '#kernel';
import type { ListToolCallsQuery } from './dto/list-tool-calls.query.js';
import type { RecordToolCallDto } from './dto/record-tool-call.dto.js';
import type { RecordedToolCallResponse, ToolCallResponse } from './dto/tool-call.response.js';
import { toolCallErrors } from './tool-calls.errors.js';
import { toToolCallResponse } from './tool-calls.mapper.js';
import { ToolCallsRepository } from './tool-calls.repository.js';

const longestError = 4_000;

/** Which tools agents called, and how that ended. */
@Injectable()
export class ToolCallsService {
  constructor(
    private readonly repository: ToolCallsRepository,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** One page of the workspace's calls, newest first. */
  async list(scope: WorkspaceScope, query: ListToolCallsQuery): Promise<Page<ToolCallResponse>> {
    const filter = {
      agentId: query.agent_id,
      serverId: query.server_id,
      status: query.status,
      since: (query.since && parseInstant(query.since)) || undefined,
      until: (query.until && parseInstant(query.until, 'end')) || undefined,
    };
    const { items, total } = await this.repository.findMany(scope, filter, query);
    return { items: items.map(toToolCallResponse), total };
  }

  /** Records a call that the runtime reports. */
  async record(dto: RecordToolCallDto): Promise<RecordedToolCallResponse> {
    const crewId = dto.crew_id || null;
    if (!(await this.repository.agentExists(dto.workspace_id, dto.agent_id))) throw toolCallErrors.agentNotFound();
    if (crewId && !(await this.repository.crewExists(dto.workspace_id, crewId))) throw toolCallErrors.invalidCrew();
    const id = this.ids.next();
    await this.repository.insert({
      id,
      workspaceId: dto.workspace_id,
      crewId,
      agentId: dto.agent_id,
      mcpServerId: dto.mcp_server_id,
      mcpServerScope: dto.mcp_server_scope ?? 'workspace',
      toolName: dto.tool_name,
      inputHash: dto.input_hash || null,
      status: dto.status,
      durationMs: dto.duration_ms ?? null,
      errorMessage: dto.error_message?.slice(0, longestError) || null,
      createdAt: this.clock.now(),
    });
    return { id };
  }
}
