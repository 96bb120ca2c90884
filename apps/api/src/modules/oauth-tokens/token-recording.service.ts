import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import { Ids, type WorkspaceScope } from '#kernel';
import { CredentialRecordingService } from '../credentials/credential-recording.service.js';
import type { RefreshLease, TokenScope } from './oauth-tokens.types.js';
import type { RefreshFailure } from './refresh-failure.js';

type Owner = Pick<RefreshLease, 'id' | 'name' | 'workspaceId'>;

/** Tells the logs what happened to tokens: people's doings and losses to both, routine to the timeline alone. */
@Injectable()
export class TokenRecordingService {
  constructor(
    private readonly recording: CredentialRecordingService,
    private readonly ids: Ids,
    private readonly config: AppConfig,
  ) {}

  /** A person connected the credential. */
  connected(scope: TokenScope, credential: Omit<Owner, 'workspaceId'>, scopes: string | null): Promise<void> {
    const metadata = { scopes };
    return this.recording.record(this.#acting(scope), credential, {
      action: 'credential.connect',
      events: ['CONNECTED'],
      metadata,
    });
  }

  /** A token was renewed. */
  refreshed(credential: Owner): Promise<void> {
    return this.recording.note(this.#acting(credential), credential.id, 'REFRESHED', {});
  }

  /** The provider refused to renew a token, and a person has to connect it again. */
  async needsReauth(credential: Owner, { errorCode, reason }: RefreshFailure): Promise<void> {
    const reconnect = `${this.config.http.publicUrl}/api/v1/oauth/reconnect/${credential.id}`;
    const metadata = { error: errorCode, reason, reconnect_url: reconnect };
    const scope = this.#acting(credential);
    await this.recording.note(scope, credential.id, 'NEEDS_REAUTH', { metadata });
    await this.recording.record(scope, credential, { action: 'credential.needs_reauth', events: [], metadata });
  }

  #acting({ workspaceId, actor, origin }: TokenScope): Pick<WorkspaceScope, 'workspaceId' | 'actor' | 'origin'> {
    return {
      workspaceId,
      actor: actor ?? ourselves,
      origin: origin ?? { ip: null, userAgent: null, requestId: this.ids.next() },
    };
  }
}

const ourselves: WorkspaceScope['actor'] = {
  kind: 'internal',
  userId: null,
  email: null,
  tokenId: null,
  sessionId: null,
  tokenScopes: null,
};
