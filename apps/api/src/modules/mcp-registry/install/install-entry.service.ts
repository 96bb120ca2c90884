import { Injectable } from '@nestjs/common';
import { Egress } from '#egress';
import type { LateBody } from '#http';
import { Transactions, type WorkspaceScope } from '#kernel';
import { probeServer } from '#mcp-client';
import { CreateCrewIntegrationService } from '../../crew-integrations/create-crew-integration.service.js';
import { CreateWorkspaceIntegrationService } from '../../workspace-integrations/create-workspace-integration.service.js';
import type { InstallRegistryServerDto } from '../dto/install-registry-server.dto.js';
import type { InstalledRegistryServerResponse } from '../dto/installed-registry-server.response.js';
import { McpRegistryService } from '../mcp-registry.service.js';
import type { RegistryServer } from '../mcp-registry.types.js';
import { installErrors } from './install.errors.js';
import { borrows, InstallAnswers } from './install-answers.js';
import { type InstallPlan, planOf } from './install-plan.js';
import { InstallSecretsService } from './install-secrets.service.js';
import { wayOf } from './installable-way.js';

const probeDeadlineMs = 5_000;

/** Turning an entry of the registry into an integration. */
@Injectable()
export class InstallEntryService {
  constructor(
    private readonly registry: McpRegistryService,
    private readonly secrets: InstallSecretsService,
    private readonly workspaceServers: CreateWorkspaceIntegrationService,
    private readonly crewServers: CreateCrewIntegrationService,
    private readonly transactions: Transactions,
    private readonly egress: Egress,
  ) {}

  /**
   * Registers the server for the workspace, or for the crew that the body names. Secrets become credentials.
   * @throws AppError 404 for the entry or the crew, 400 for the body, 422 when variables are missing or the server
   * cannot be used here, 409 for the name.
   */
  async install(
    scope: WorkspaceScope,
    entryName: string,
    body: LateBody<InstallRegistryServerDto>,
  ): Promise<InstalledRegistryServerResponse> {
    const server = await this.registry.getServer(entryName);
    const dto = body.readIfAny();
    const answers = new InstallAnswers(dto.variables ?? {});
    const plan = planOf(wayOf(server, dto), answers);
    refuseFaults(answers);
    if (plan.texts.some(borrows)) throw installErrors.borrowed();
    const id = await this.transactions.run(() => this.#create(scope, server, dto, plan));
    return { integration_id: id, next_step: (await this.#wantsOauth(plan)) ? 'mcp_oauth' : '' };
  }

  async #create(
    scope: WorkspaceScope,
    server: RegistryServer,
    dto: InstallRegistryServerDto,
    plan: InstallPlan,
  ): Promise<string> {
    const name = dto.name || (server.name.split('/')[1] ?? server.name);
    const crewId = dto.crew_id || null;
    const write = await this.secrets.store(scope, { name, crewId }, plan.texts.flat());
    const draft = {
      ...plan.write(write),
      name,
      displayName: server.displayName,
      icon: server.icon.length <= 255 ? server.icon : null,
      origin: 'registry',
      originRef: server.name,
    };
    const made =
      crewId === null
        ? await this.workspaceServers.create(scope, draft)
        : await this.crewServers.create(scope, crewId, draft);
    return made.id;
  }

  // The registry does not say which remotes want OAuth: those that ask for nothing and refuse whoever comes with nothing.
  async #wantsOauth({ openEndpoint }: InstallPlan): Promise<boolean> {
    if (openEndpoint === null) return false;
    const target = { transport: 'streamable-http', endpoint: openEndpoint, headers: {} } as const;
    const { status } = await probeServer(target, { egress: this.egress, deadlineMs: probeDeadlineMs });
    return status === 'auth_required';
  }
}

function refuseFaults(answers: InstallAnswers): void {
  const { faults, asked } = answers;
  if (faults.length === 0) return;
  const names = faults.map(({ field }) => field.replace(/^variables\./, '')).join(', ');
  throw installErrors.variables({ params: { names }, fields: faults, extensions: { variables: asked } });
}
