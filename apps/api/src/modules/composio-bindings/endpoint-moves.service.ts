import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AppConfig } from '#config';
import { Clock, Transactions } from '#kernel';
import { EndpointMovesRepository } from './endpoint-moves.repository.js';

/** Lets everything that is bound follow `COMPOSIO_BASE_URL`, so that no key goes to the host that was set before. */
@Injectable()
export class EndpointMovesService implements OnApplicationBootstrap {
  constructor(
    private readonly endpoints: EndpointMovesRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Once at start, before anything is answered. */
  async onApplicationBootstrap(): Promise<void> {
    const baseUrl = this.config.composio.baseUrl.replace(/\/+$/, '');
    await this.transactions.run(() => this.endpoints.moveTo(baseUrl, this.clock.now()));
  }
}
