import { Injectable, Logger } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { UpstreamRevocationService } from '../credential-rotation/upstream-revocation.service.js';
import { type FlowCredential, FlowCredentialsRepository } from './flow-credentials.repository.js';
import type { Redeemed } from './flow-exchange.service.js';
import { FlowFailures } from './flow-failures.service.js';
import type { Flow, LostTokens } from './oauth-flows.types.js';

/** States of a credential that has no access of its own which could end with the tokens of the same grant. */
const withoutAccess: ReadonlySet<string> = new Set(['PENDING', 'EXPIRED', 'REVOKED']);

/** Gives tokens back that were issued and that we could not keep: nobody would know of them. */
@Injectable()
export class FlowLostTokens {
  readonly #log = new Logger('oauth-flows');

  constructor(
    private readonly credentials: FlowCredentialsRepository,
    private readonly revocation: UpstreamRevocationService,
    private readonly failures: FlowFailures,
  ) {}

  /**
   * Revokes them where the server takes such requests, and says in the flow's failure and in the audit log what became of
   * them. Asks the server: call it after the failed transaction. Never throws.
   */
  async giveBack(
    scope: WorkspaceScope,
    lost: { credential: FlowCredential; flow: Flow | null; redeemed: Redeemed },
    reason: unknown,
  ): Promise<void> {
    try {
      const fate = await this.#revoke(scope, lost.credential, lost.redeemed);
      await this.failures.endLosing(scope, lost, reason, fate);
    } catch (error) {
      this.#log.error(error);
    }
  }

  async #revoke(scope: WorkspaceScope, read: FlowCredential, { tokens, client }: Redeemed): Promise<LostTokens> {
    // The database may be what failed: then what was read before has to do.
    const now = await this.credentials.findById(scope, read.id).catch(() => read);
    // Providers end a whole grant with one of its tokens, and with it the access that the credential still has.
    if (now !== null && !withoutAccess.has(now.status)) return 'kept';
    const { accessToken, refreshToken } = tokens;
    const { upstream } = await this.revocation.revoke(read, { client, accessToken, refreshToken });
    return upstream === 'nothing_to_revoke' ? 'not_supported' : upstream;
  }
}
