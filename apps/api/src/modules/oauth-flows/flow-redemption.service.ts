import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import type { FlowCredential } from './flow-credentials.repository.js';
import { type ExchangeTerms, FlowExchange } from './flow-exchange.service.js';
import { FlowLostTokens } from './flow-lost-tokens.service.js';
import { FlowStore } from './flow-store.service.js';
import type { CompletedFlow, Flow } from './oauth-flows.types.js';

/** From a provider's answer to stored tokens. */
@Injectable()
export class FlowRedemption {
  constructor(
    private readonly exchanges: FlowExchange,
    private readonly stores: FlowStore,
    private readonly lost: FlowLostTokens,
  ) {}

  /**
   * Exchanges the code and stores the tokens; what cannot be stored is given back. `flow` is null for a request that a
   * client made by itself.
   * @throws AppError as {@link FlowExchange.redeem} and {@link FlowStore.store}.
   */
  async redeem(
    scope: WorkspaceScope,
    wish: { credential: FlowCredential; flow: Flow | null },
    parameters: URLSearchParams,
    terms: ExchangeTerms,
  ): Promise<CompletedFlow> {
    const { credential, flow } = wish;
    const redeemed = await this.exchanges.redeem(scope, credential, parameters, terms);
    try {
      return await this.stores.store(scope, credential, flow, redeemed);
    } catch (error) {
      await this.lost.giveBack(scope, { ...wish, redeemed }, error);
      throw error;
    }
  }
}
