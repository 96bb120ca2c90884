import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { Clock, Transactions, type WorkspaceScope } from '#kernel';
import { authorizationUrl } from '#oauth';
import type { FlowCredential } from './flow-credentials.repository.js';
import { FlowCredentials } from './flow-credentials.service.js';
import { FlowSecrets, type NewFlowSecrets } from './flow-secrets.service.js';
import { type FlowSettings, settingsHashOf } from './flow-settings.js';
import { columnsOfTarget } from './flow-target.js';
import { OauthFlowsRepository } from './oauth-flows.repository.js';
import type { Flow, FlowDelivery, FlowTarget, StartedFlow, TargetColumns } from './oauth-flows.types.js';

/** How long a person has to approve. */
const lifetimeMs = 10 * 60_000;

/** A wish whose redirect URI has been judged. */
export interface JudgedWish {
  delivery: FlowDelivery;
  redirectUri: string;
  /** Null: what an earlier attempt for the same credential was for, if there was one. */
  target: FlowTarget | null;
  browserHash: string | null;
  /** From `FlowClients`: the client to ask with in place of the credential's. */
  renewedClientId?: string | null;
}

/** Begins authorizations. */
@Injectable()
export class FlowStart {
  constructor(
    private readonly flows: OauthFlowsRepository,
    private readonly credentials: FlowCredentials,
    private readonly secrets: FlowSecrets,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Begins one for a credential. @throws AppError 404 or 400 for the credential. */
  async start(scope: WorkspaceScope, credentialId: string, wish: JudgedWish): Promise<StartedFlow> {
    return this.begin(scope, await this.credentials.get(scope, credentialId), wish);
  }

  /** The same for a credential that is at hand. */
  async begin(
    scope: WorkspaceScope,
    credential: FlowCredential,
    wish: JudgedWish,
    made: NewFlowSecrets | null = null,
  ): Promise<StartedFlow> {
    const renewedClientId = wish.renewedClientId ?? null;
    const stored = this.credentials.settingsOf(credential);
    const settings = renewedClientId === null ? stored : { ...stored, clientId: renewedClientId };
    const secrets = made ?? (await this.secrets.make(scope.workspaceId));
    const flow = this.#flowOf(scope, credential, settings, wish, secrets, await this.#targetOf(credential, wish));
    const { state, codeVerifier } = secrets;
    const authUrl = await authorizationUrl({ ...settings, redirectUri: flow.redirectUri, state, codeVerifier });
    await this.transactions.run(async () => {
      await this.flows.insert(flow, secrets.stateHash);
      await this.audit.record(scope, {
        action: 'oauth.initiate',
        entityType: 'OAUTH_FLOW',
        entityId: flow.id,
        entityName: credential.name,
        metadata: { credentialId: credential.id, delivery: flow.delivery, redirectUri: flow.redirectUri },
      });
    });
    return { flowId: flow.id, authUrl, state, redirectUri: flow.redirectUri, expiresAt: flow.expiresAt };
  }

  // A second attempt for a credential that was made for a server is for that server too.
  async #targetOf({ id, autoCreatedFor }: FlowCredential, { target }: JudgedWish): Promise<TargetColumns> {
    if (target !== null || autoCreatedFor === null) return columnsOfTarget(target);
    return (await this.flows.findTarget(id, autoCreatedFor)) ?? columnsOfTarget(null);
  }

  #flowOf(
    scope: WorkspaceScope,
    credential: FlowCredential,
    settings: FlowSettings,
    { delivery, redirectUri, browserHash, renewedClientId = null }: JudgedWish,
    { id, sealedCodeVerifier }: NewFlowSecrets,
    target: TargetColumns,
  ): Flow {
    const createdAt = this.clock.now();
    const { issuer, issRequired, resource, scopes } = settings;
    return {
      ...target,
      id,
      workspaceId: scope.workspaceId,
      credentialId: credential.id,
      userId: scope.actor.userId,
      browserHash,
      delivery,
      status: 'pending',
      failureCode: null,
      lostTokens: null,
      renewedClientId,
      settingsHash: settingsHashOf(settings),
      issuer,
      issRequired,
      redirectUri,
      resource,
      scopes,
      sealedCodeVerifier,
      expiresAt: new Date(createdAt.getTime() + lifetimeMs),
      finishedAt: null,
      createdAt,
    };
  }
}
