import { Injectable } from '@nestjs/common';
import { AppError, Clock, type RuntimeScope, raise } from '#kernel';
import type { JsonObject } from '#vault';
import { blobPlaceOf } from '../agents/agents.service.js';
import { McpBlobsService } from '../mcp-blobs/mcp-blobs.service.js';
import { ResolutionService } from '../resolution/resolution.service.js';
import { ServerAccessService } from '../server-access/server-access.service.js';
import type { ServerProblem } from '../server-access/server-access.types.js';
import { toAgentRuntime } from './agent-runtime.mapper.js';
import { CredentialUsesService } from './credential-uses.service.js';
import type { AgentRuntimeResponse } from './dto/agent-runtime.response.js';
import { isPrivileged } from './privileged-rules.js';
import { runtimeErrors } from './runtime.errors.js';
import { RuntimeRepository } from './runtime.repository.js';
import type { RuntimeFacts } from './runtime-facts.schema.js';

/** What the agents' runtime is given: everything that a run of one agent needs. */
@Injectable()
export class AgentRuntimeService {
  constructor(
    private readonly repository: RuntimeRepository,
    private readonly resolution: ResolutionService,
    private readonly access: ServerAccessService,
    private readonly blobs: McpBlobsService,
    private readonly uses: CredentialUsesService,
    private readonly clock: Clock,
  ) {}

  /**
   * The agent's settings, credentials and servers with values in place. Three statements, the first two at once.
   * @throws AppError 404 for an agent that the token does not reach, as for one that does not exist.
   */
  async resolve(scope: RuntimeScope, agentId: string): Promise<AgentRuntimeResponse> {
    const { facts, servers } = await this.#gather(scope, agentId);
    const problems: ServerProblem[] = [];
    const withheld = isPrivileged(facts.crew?.devcontainerConfig ?? null) && !facts.allowPrivilegedCredentials;
    if (withheld) problems.push(credentialsWithheld);
    const access = await this.access.prepare(facts, {
      servers,
      blob: withheld ? null : await this.#blobOf(facts, problems),
      credentialIds: facts.grants.map((grant) => grant.credentialId),
      agent: { id: facts.agentId, crewId: facts.crew?.id ?? null },
      withheld,
    });
    this.uses.note(access.usedCredentialIds, scope.origin.ip);
    return toAgentRuntime(facts, access, problems);
  }

  async #gather({ reach }: RuntimeScope, agentId: string) {
    const reading = this.repository.findFacts(reach, agentId, this.clock.now());
    // Begun before it is known whether the token reaches the agent; what comes of it is then thrown away.
    const guess = reach.workspaceId === null ? null : { workspaceId: reach.workspaceId };
    const early = guess && this.resolution.findEffective(guess, agentId);
    early?.catch(() => undefined);
    const facts = (await reading) ?? raise(runtimeErrors.agentNotFound());
    const servers = await (early ?? this.resolution.findEffective(facts, agentId));
    return { facts, servers: servers ?? raise(runtimeErrors.agentNotFound()) };
  }

  async #blobOf(
    { sealedBlob, workspaceId, agentId }: RuntimeFacts,
    problems: ServerProblem[],
  ): Promise<JsonObject | null> {
    if (sealedBlob === null) return null;
    try {
      return (await this.blobs.open(sealedBlob, blobPlaceOf({ workspaceId, id: agentId }))).root;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      problems.push(blobUnreadable);
      return null;
    }
  }
}

const credentialsWithheld: ServerProblem = {
  code: 'credentials_withheld',
  field: 'credentials',
  message:
    'The crew’s container is privileged, and the workspace does not allow credentials there (allow_privileged_credentials)',
  references: [],
};

const blobUnreadable: ServerProblem = {
  code: 'settings_unreadable',
  field: 'agent_mcp_config_json',
  message: 'The agent’s mcp_config_json cannot be read; save it again',
  references: [],
};
