import { Injectable } from '@nestjs/common';
import { requireWithin } from '#access';
import { parseInstant } from '#http';
import { Clock, Ids, type Page, type RuntimeScope, type WorkspaceScope } from '#kernel';
import type { ListToolCallsQuery } from './dto/list-tool-calls.query.js';
import type { RecordToolCallDto } from './dto/record-tool-call.dto.js';
import type { RecordedToolCallResponse, ToolCallResponse } from './dto/tool-call.response.js';
import { toolCallErrors } from './tool-calls.errors.js';
import { toToolCallResponse } from './tool-calls.mapper.js';
import { type Mentioned, ToolCallsRepository } from './tool-calls.repository.js';

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

  /**
   * Records a call that the runtime reports. A token of a crew reports for the agents of that crew, as calls of that crew.
   * @throws AppError 403 when the report is about something that the token is not bound to, 404 for a foreign or missing
   * agent, 400 for a server or crew that the workspace does not have.
   */
  async record(scope: RuntimeScope, dto: RecordToolCallDto): Promise<RecordedToolCallResponse> {
    const { reach } = scope;
    requireWithin(scope, { workspaceId: dto.workspace_id, crewId: dto.crew_id, agentId: dto.agent_id });
    const crewId = dto.crew_id || reach.crewId;
    const mentioned: Mentioned = {
      workspaceId: dto.workspace_id,
      agentId: dto.agent_id,
      crewId,
      mcpServerId: dto.mcp_server_id,
      mcpServerScope: dto.mcp_server_scope ?? 'workspace',
    };
    const found = await this.repository.findMentioned(mentioned);
    if (!found || (reach.crewId !== null && found.agentCrewId !== reach.crewId)) throw toolCallErrors.agentNotFound();
    if (crewId && !found.crewExists) throw toolCallErrors.invalidCrew();
    if (!found.serverExists) throw toolCallErrors.invalidServer();
    const id = this.ids.next();
    await this.repository.insert({
      id,
      ...mentioned,
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
