import { Injectable } from '@nestjs/common';
import { personOf } from '#access';
import { AuditLogService, redacted, redactedDiff } from '#audit-log';
import { type CallerScope, Clock, Ids, Transactions, type WorkspaceScope } from '#kernel';
import { languageOf } from '../workspaces/workspaces.service.js';
import type { SetupResponse } from './dto/onboarding.response.js';
import type { SetupDto } from './dto/setup.dto.js';
import { onboardingErrors } from './onboarding.errors.js';
import { OnboardingRepository } from './onboarding.repository.js';
import type { NamedRow, SetupAgent, SetupWorkspace } from './onboarding.types.js';
import { OnboardingCredentialsService } from './onboarding-credentials.service.js';
import { slugFromName } from './slug-from-name.js';

/** The guided setup: everything in one transaction, so that a second try after a failure starts from nothing. */
@Injectable()
export class SetupService {
  constructor(
    private readonly repository: OnboardingRepository,
    private readonly credentials: OnboardingCredentialsService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Names the caller's oldest workspace and makes a crew, its agent and their credential in it. Happens once a person. */
  async setUp(caller: CallerScope, dto: SetupDto): Promise<SetupResponse> {
    const userId = personOf(caller);
    const preferredLanguage = languageOf(dto.preferred_language);
    if (dto.crew_template_slug) throw onboardingErrors.unknownTemplate();
    return this.transactions.run(async () => {
      // The first write: its row lock makes a second setup of the same person wait, then fail here.
      if (!(await this.repository.complete(userId, this.clock.now()))) throw onboardingErrors.completed();
      const workspace = await this.repository.findWorkspaceToSetUp(userId);
      if (!workspace) throw onboardingErrors.noWorkspace();
      const scope = scopeOf(caller, workspace);
      await this.#nameWorkspace(scope, workspace, { name: dto.workspace_name ?? undefined, preferredLanguage });
      const crew = await this.#makeCrew(scope, dto);
      const agent = await this.#makeAgent(scope, dto, { crewId: crew.id, userId });
      const credentialId = await this.credentials.create(scope, dto);
      await this.audit.record(scope, { action: 'onboarding.complete', entityType: 'USER', entityId: userId });
      return { workspace_id: workspace.id, crew_id: crew.id, agent_id: agent.id, credential_id: credentialId };
    });
  }

  async #nameWorkspace(
    scope: WorkspaceScope,
    before: SetupWorkspace,
    change: { name?: string; preferredLanguage?: string | null },
  ): Promise<void> {
    const diff = redactedDiff({ ...before }, change);
    if (Object.keys(diff).length === 0) return;
    await this.repository.updateWorkspace(before.id, { ...change, updatedAt: this.clock.now() });
    await this.#record(
      scope,
      'workspace.update',
      'WORKSPACE',
      { id: before.id, name: change.name ?? before.name },
      diff,
    );
  }

  async #makeCrew(scope: WorkspaceScope, dto: SetupDto): Promise<NamedRow> {
    const slug = slugFromName(dto.crew_name, 'crew', await this.repository.crewSlugs(scope.workspaceId));
    const crew = this.#named(scope, dto.crew_name, slug);
    await this.repository.insertCrew(crew);
    await this.#record(scope, 'crew.create', 'CREW', crew, redacted({ ...crew }));
    return crew;
  }

  async #makeAgent(
    scope: WorkspaceScope,
    dto: SetupDto,
    { crewId, userId }: { crewId: string; userId: string },
  ): Promise<SetupAgent> {
    const slug = slugFromName(dto.agent_name, 'agent', await this.repository.agentSlugs(scope.workspaceId));
    const agent: SetupAgent = {
      ...this.#named(scope, dto.agent_name, slug),
      crewId,
      agentRole: 'LEAD',
      leadMode: 'active',
      cliAdapter: dto.cli_adapter ?? 'CLAUDE_CODE',
      llmProvider: dto.llm_provider ?? null,
      llmModel: dto.llm_model || null,
      createdByUserId: userId,
    };
    await this.repository.insertAgent(agent);
    await this.#record(scope, 'agent.create', 'AGENT', agent, redacted({ ...agent }));
    return agent;
  }

  #named({ workspaceId }: WorkspaceScope, name: string, slug: string): NamedRow {
    const now = this.clock.now();
    return { id: this.ids.next(), workspaceId, name, slug, createdAt: now, updatedAt: now };
  }

  #record(
    scope: WorkspaceScope,
    action: string,
    entityType: string,
    row: { id: string; name: string },
    metadata: Record<string, unknown>,
  ): Promise<void> {
    return this.audit.record(scope, { action, entityType, entityId: row.id, entityName: row.name, metadata });
  }
}

// The guard knew no workspace here; the repository gives only one that the person manages.
function scopeOf(caller: CallerScope, { id, role }: SetupWorkspace): WorkspaceScope {
  return { ...caller, workspaceId: id, role, capabilities: [], revision: 0n };
}
