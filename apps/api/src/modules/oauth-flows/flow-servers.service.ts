import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { CreateCrewIntegrationService } from '../crew-integrations/create-crew-integration.service.js';
import { UpdateCrewIntegrationService } from '../crew-integrations/update-crew-integration.service.js';
import type { Visibility } from '../server-settings/server-settings.types.js';
import { CreateWorkspaceIntegrationService } from '../workspace-integrations/create-workspace-integration.service.js';
import { UpdateWorkspaceIntegrationService } from '../workspace-integrations/update-workspace-integration.service.js';
import type { FlowServer } from './flow-servers.repository.js';
import type { ConnectedServer, ServerDraft } from './oauth-flows.types.js';

/** Makes servers and gives them credentials, at either level, with the checks and records of the level's own feature. */
@Injectable()
export class FlowServersService {
  constructor(
    private readonly workspaceCreation: CreateWorkspaceIntegrationService,
    private readonly workspaceChanges: UpdateWorkspaceIntegrationService,
    private readonly crewCreation: CreateCrewIntegrationService,
    private readonly crewChanges: UpdateCrewIntegrationService,
  ) {}

  /** Registers the server. Without a credential of its own it is for those agents that get one by a binding. */
  async create(
    scope: WorkspaceScope,
    { name, endpoint, crewId }: ServerDraft,
    credentialId: string | null,
  ): Promise<ConnectedServer> {
    const visibility: Visibility = credentialId === null ? 'bound' : 'auto';
    const credential = credentialId === null ? {} : { credentialId, credType: 'bearer' as const };
    const draft = { name, endpoint, visibility, origin: 'oauth', ...credential };
    if (crewId === null) return { scope: 'workspace', id: (await this.workspaceCreation.create(scope, draft)).id };
    return { scope: 'crew', id: (await this.crewCreation.create(scope, crewId, draft)).id };
  }

  /** Makes the server send the credential as a bearer token for everybody whose binding names no other. */
  async attach(scope: WorkspaceScope, { id, crewId }: FlowServer, credentialId: string): Promise<void> {
    const given = { credentialId, credType: 'bearer', credHeader: null, envVarName: null } as const;
    if (crewId === null) await this.workspaceChanges.attachCredential(scope, id, given);
    else await this.crewChanges.attachCredential(scope, crewId, id, given);
  }
}
