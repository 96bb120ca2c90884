import { Injectable } from '@nestjs/common';
import { Ids, type WorkspaceScope } from '#kernel';
import { CredentialCreationService } from '../credentials/credential-creation.service.js';
import { CredentialRemovalService } from '../credentials/credential-removal.service.js';
import type { ServerAuth } from './console.types.js';
import { ConsoleIntegrationsRepository } from './console-integrations.repository.js';

/** What a server row says about its credential, ready to be stored. */
export interface StoredAuth {
  credentialId: string | null;
  credType: 'bearer' | 'basic' | 'api_key' | null;
  credHeader: string | null;
}

/** Keeps `auth_config` as a credential of the server's own, sealed as every credential is. Runs in the caller's transaction. */
@Injectable()
export class ConsoleAuthService {
  constructor(
    private readonly credentials: CredentialCreationService,
    private readonly removal: CredentialRemovalService,
    private readonly repository: ConsoleIntegrationsRepository,
    private readonly ids: Ids,
  ) {}

  /** Seals what is to be sent; nothing for `none`. */
  async seal(scope: WorkspaceScope, { credential }: ServerAuth, integrationName: string): Promise<StoredAuth> {
    if (credential === null) return { credentialId: null, credType: null, credHeader: null };
    const { value, credType, credHeader } = credential;
    const made = await this.credentials.create(scope, {
      name: `console-${this.ids.next()}`,
      description: `Made with the integration "${integrationName}" in the agent console`,
      value: value.reveal(),
    });
    return { credentialId: made.id, credType, credHeader };
  }

  /** Says that the credential goes with the server: it is wiped when the server is removed. */
  async tie(scope: WorkspaceScope, { credentialId }: StoredAuth, serverId: string): Promise<void> {
    if (credentialId !== null) await this.repository.tieCredential(scope, credentialId, serverId);
  }

  /** Whether the server is sent secrets that came from elsewhere, which the console can neither show nor give again. */
  sendsOthersSecrets(scope: WorkspaceScope, serverId: string): Promise<boolean> {
    return this.repository.sendsOthersSecrets(scope, serverId);
  }

  /** Wipes what was made for the server before, apart from what it sends now. */
  async wipeEarlier(scope: WorkspaceScope, { credentialId }: StoredAuth, serverId: string): Promise<void> {
    const made = await this.removal.findMadeFor(scope, [serverId]);
    const earlier = made.filter((id) => id !== credentialId);
    await this.removal.removeUnused(scope, earlier, { action: 'integration.update', entityId: serverId });
  }
}
