import { Injectable } from '@nestjs/common';
import { type MaterialisedServer, materialise } from '#connector-manifests';
import { Ids, type WorkspaceScope } from '#kernel';
import { CreateCrewIntegrationService } from '../crew-integrations/create-crew-integration.service.js';
import { CreateWorkspaceIntegrationService } from '../workspace-integrations/create-workspace-integration.service.js';
import { ConnectorCredentialsService, credentialName, type Installing } from './connector-credentials.service.js';
import { connectorErrors } from './connectors.errors.js';
import { ConnectorsRepository } from './connectors.repository.js';
import { invalidField } from './submitted-values.js';

/** A server that an installation made. */
export interface InstalledServer {
  integrationId: string;
  /** Crew that has it; null for the workspace. */
  crewId: string | null;
  /** As it was stored; null for a server that is started by its runtime. */
  endpoint: string | null;
  /** Credential that waits for an authorization; null when there is none. */
  oauthCredentialId: string | null;
}

/** Makes the server of an installation, with references to sealed credentials. Runs in its transaction. */
@Injectable()
export class ConnectorServersService {
  constructor(
    private readonly workspace: CreateWorkspaceIntegrationService,
    private readonly crews: CreateCrewIntegrationService,
    private readonly credentials: ConnectorCredentialsService,
    private readonly repository: ConnectorsRepository,
    private readonly ids: Ids,
  ) {}

  /** @throws AppError 400 for a value that does not fit where it is needed, or 404 `Crew not found`. */
  async make(scope: WorkspaceScope, installing: Installing): Promise<InstalledServer> {
    const { source, crewId } = installing;
    const { manifest } = source;
    const suffix = this.ids.next().slice(-8);
    const sealing = { ...installing, suffix };
    const made = materialise(source, (key) => `{{credential:${credentialName(manifest, key, suffix)}}}`);
    if (!made.ok) throw invalidField(made);
    await this.repository.holdNames(scope);
    if (crewId !== null && !(await this.repository.holdCrew(scope, crewId))) throw connectorErrors.crewNotFound();
    const sealedIds = await this.credentials.seal(scope, sealing, made.server.sealed);
    const oauthCredentialId =
      manifest.oauth === undefined ? null : await this.credentials.makeOauth(scope, sealing, manifest.oauth);
    const draft = {
      ...draftOf(made.server),
      name: await this.#freeName(scope, manifest.id),
      displayName: installing.displayName,
      icon: manifest.brand?.logo ?? null,
      origin: 'connector',
      originRef: manifest.id,
      ...(oauthCredentialId !== null && {
        credentialId: oauthCredentialId,
        credType: 'bearer' as const,
        envVarName: manifest.oauth?.env_var ?? null,
      }),
    };
    const { id } =
      crewId === null ? await this.workspace.create(scope, draft) : await this.crews.create(scope, crewId, draft);
    const credentialIds = oauthCredentialId === null ? sealedIds : [...sealedIds, oauthCredentialId];
    await this.repository.linkCredentials(scope, credentialIds, id);
    return { integrationId: id, crewId, endpoint: made.server.endpoint, oauthCredentialId };
  }

  async #freeName(scope: WorkspaceScope, wished: string): Promise<string> {
    const taken = await this.repository.findServerNames(scope, wished);
    if (!taken.has(wished)) return wished;
    let number = 2;
    while (taken.has(`${wished}-${number}`)) number += 1;
    return `${wished}-${number}`;
  }
}

function draftOf({ transport, command, args, env, endpoint, headers }: MaterialisedServer) {
  return {
    transport,
    command,
    endpoint,
    argsJson: args.length === 0 ? null : JSON.stringify(args),
    envJson: isEmpty(env) ? null : JSON.stringify(env),
    configJson: isEmpty(headers) ? null : JSON.stringify({ headers }),
  };
}

function isEmpty(texts: Readonly<Record<string, string>>): boolean {
  return Object.keys(texts).length === 0;
}
