import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { RenewableCredential } from './oauth-tokens.types.js';
import { leaseMs, RefreshAttemptsService } from './refresh-attempts.service.js';

// Longer than a lease, so that a caller whose lease holder died is still served by the next one.
const patienceMs = leaseMs + 3_000;
const pausesMs = [25, 50, 100, 200];
const longestPauseMs = 250;

/**
 * Renews tokens for those who need them now: one request to the authorization server, however many ask, in this process
 * or in another. Callers of one process share one wait.
 */
@Injectable()
export class TokenRefreshService implements BeforeApplicationShutdown {
  readonly #running = new Map<string, Promise<void>>();
  #stopping = false;

  constructor(private readonly attempts: RefreshAttemptsService) {}

  /** Resolves when the token has been renewed, could not be, or whoever renews it takes too long. */
  refresh(credential: Pick<RenewableCredential, 'id' | 'workspaceId'>): Promise<void> {
    const running = this.#running.get(credential.id);
    if (running) return running;
    const started = this.#refresh(credential).finally(() => this.#running.delete(credential.id));
    this.#running.set(credential.id, started);
    return started;
  }

  /** Lets requests that are under way finish: their answers replace tokens that are already spent. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping = true;
    await Promise.allSettled(this.#running.values());
  }

  async #refresh(credential: Pick<RenewableCredential, 'id' | 'workspaceId'>): Promise<void> {
    for (let waited = 0, turn = 0; waited < patienceMs && !this.#stopping; turn += 1) {
      if ((await this.attempts.attempt(credential)) !== 'busy') return;
      const pause = pausesMs[turn] ?? longestPauseMs;
      await sleep(pause);
      waited += pause;
    }
  }
}
