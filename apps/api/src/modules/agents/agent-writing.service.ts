import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { McpBlobsService } from '../mcp-blobs/mcp-blobs.service.js';
import { AgentPlacementRepository } from './agent-placement.repository.js';
import { agentErrors } from './agents.errors.js';
import { type AgentChange, AgentsRepository } from './agents.repository.js';
import { AgentsService, blobPlaceOf } from './agents.service.js';
import type { Agent } from './agents.types.js';
import type { AgentResponse } from './dto/agent.response.js';

/** What making and changing agents have in common. Runs in the caller's transaction. */
@Injectable()
export class AgentWritingService {
  constructor(
    private readonly repository: AgentsRepository,
    private readonly agents: AgentsService,
    private readonly placement: AgentPlacementRepository,
    private readonly blobs: McpBlobsService,
  ) {}

  /** The blob to store; undefined when the body gives none, null when it clears it. */
  async sealedBlob(
    agent: { workspaceId: string; id: string },
    text: string | null | undefined,
    stored: string | null,
  ): Promise<string | null | undefined> {
    if (text === undefined || text === null) return text;
    return this.blobs.seal(text, blobPlaceOf(agent), stored);
  }

  /** @throws AppError `agent.slug_taken`, `agent.lead_taken`. */
  insert(agent: Agent): Promise<void> {
    return this.repository.insert(agent);
  }

  /** Several in one statement. @throws AppError as {@link insert}. */
  insertAll(agents: readonly Agent[]): Promise<void> {
    return this.repository.insertAll(agents);
  }

  /** @throws AppError `agent.not_found`, `agent.slug_taken`, `agent.lead_taken`. */
  async update(scope: WorkspaceScope, id: string, change: AgentChange): Promise<void> {
    if (!(await this.repository.update(scope, id, change))) throw agentErrors.notFound();
  }

  /**
   * Keeps the crew of an agent alive until the transaction ends; `lead` lets only one at a time change who leads it.
   * @throws AppError `agent.invalid_crew` when there is no such live crew.
   */
  async holdCrew(scope: WorkspaceScope, crewId: string, { lead = false } = {}): Promise<void> {
    const held = await (lead ? this.placement.holdCrewForLead(scope, crewId) : this.placement.holdCrew(scope, crewId));
    if (!held) throw agentErrors.invalidCrew();
  }

  /** Makes whoever else leads the crew an ordinary agent. Answers their ids. */
  demoteOthers(scope: WorkspaceScope, crewId: string, exceptId: string, now: Date): Promise<string[]> {
    return this.repository.demoteLead(scope, crewId, exceptId, now);
  }

  /** The agent as it is answered after a write. */
  async answer(scope: WorkspaceScope, id: string): Promise<AgentResponse> {
    return this.agents.show(await this.agents.getRow(scope, id));
  }
}
