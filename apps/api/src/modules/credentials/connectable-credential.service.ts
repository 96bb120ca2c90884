import { Injectable } from '@nestjs/common';
import { Clock, type Secret, type WorkspaceScope } from '#kernel';
import { blankCredential } from './blank-credential.js';
import { CredentialWritingService } from './credential-writing.service.js';

/** A credential that a feature makes in order to connect it. */
export interface ConnectableCredential {
  id: string;
  name: string;
  /** Provider in the words of credentials; `NONE` when it is none that we know. */
  provider: string;
  clientId: string;
  clientSecret: Secret | null;
  authUrl: string;
  tokenUrl: string;
  /** Separated by spaces; null asks for none in particular. */
  scopes: string | null;
}

/** Makes OAuth credentials that wait for somebody's consent. */
@Injectable()
export class ConnectableCredentialService {
  constructor(
    private readonly writing: CredentialWritingService,
    private readonly clock: Clock,
  ) {}

  /**
   * Inserts a PENDING credential of type OAUTH2 for the whole workspace, in the caller's transaction, with the records of
   * any other creation.
   * @throws AppError `credential.name_taken` (409).
   */
  insert(
    scope: WorkspaceScope,
    { clientId, clientSecret, authUrl, tokenUrl, scopes, ...basics }: ConnectableCredential,
  ) {
    const now = this.clock.now();
    const row = {
      ...blankCredential,
      ...basics,
      workspaceId: scope.workspaceId,
      type: 'OAUTH2',
      status: 'PENDING',
      scope: 'WORKSPACE',
      oauthClientId: clientId,
      oauthAuthUrl: authUrl,
      oauthTokenUrl: tokenUrl,
      oauthScopes: scopes,
      createdByActorType: scope.actor.kind,
      createdByActorId: scope.actor.userId,
      createdAt: now,
      updatedAt: now,
    };
    const parts = { value: null, clientSecret: clientSecret?.reveal(), crewIds: undefined };
    return this.writing.insert(scope, row, parts);
  }
}
