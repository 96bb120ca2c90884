import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '#kernel';
import { CredentialUsesRepository } from './credential-uses.repository.js';

const leastMs = 60_000;
const delayMs = 1_000;
const mostRemembered = 20_000;

/**
 * Notes when credentials were last handed out and to whom: at most once a minute each and address, in batches, behind the
 * answers. What is lost when the database is away is noted again with a later use.
 */
@Injectable()
export class CredentialUsesService implements BeforeApplicationShutdown {
  readonly #pending = new Map<string, Set<string>>();
  readonly #recent = new LRUCache<string, number>({ max: mostRemembered });
  #timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly repository: CredentialUsesRepository,
    private readonly clock: Clock,
  ) {}

  /** Remembers that these were handed to a caller at this address; null for the Unix socket. Returns at once. */
  note(credentialIds: readonly string[], ip: string | null): void {
    const now = this.clock.now().getTime();
    for (const id of credentialIds) {
      const key = `${id} ${ip ?? ''}`;
      if (now - (this.#recent.get(key) ?? Number.NEGATIVE_INFINITY) < leastMs) continue;
      this.#recent.set(key, now);
      const ips = this.#pending.get(id) ?? new Set();
      if (ip !== null) ips.add(ip);
      this.#pending.set(id, ips);
    }
    if (this.#pending.size > 0 && this.#timer === null) {
      this.#timer = setTimeout(() => void this.flush(), delayMs);
      this.#timer.unref();
    }
  }

  /** Writes what is pending. Never throws. */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const uses = [...this.#pending].map(([id, ips]) => ({ id, ips: [...ips] }));
    this.#pending.clear();
    if (uses.length === 0) return;
    const now = this.clock.now();
    await Promise.allSettled([this.repository.touch(uses, now, new Date(now.getTime() - leastMs))]);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.flush();
  }
}
