import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import { CredentialUsageRepository } from './credential-usage.repository.js';

const leastMs = 60_000;
const delayMs = 1_000;

type Kind = 'cli_token' | 'workspace_token' | 'session';

/**
 * Notes when tokens and sessions were last used: at most once a minute each, in batches, behind the answers. What is
 * lost when the database is away is not missed: the next request notes it again.
 */
@Injectable()
export class CredentialUsageService implements BeforeApplicationShutdown {
  readonly #pending: Record<Kind, Set<string>> = {
    cli_token: new Set(),
    workspace_token: new Set(),
    session: new Set(),
  };
  #timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly repository: CredentialUsageRepository,
    private readonly clock: Clock,
  ) {}

  /** Remembers a use, unless one was written less than a minute ago. Returns at once. */
  note(kind: Kind, used: { credentialId: string | null; lastUsedAt: Date | null }): void {
    if (used.credentialId === null) return;
    if (used.lastUsedAt !== null && this.clock.now().getTime() - used.lastUsedAt.getTime() < leastMs) return;
    this.#pending[kind].add(used.credentialId);
    if (this.#timer === null) {
      this.#timer = setTimeout(() => void this.flush(), delayMs);
      this.#timer.unref();
    }
  }

  /** Writes what is pending. Never throws. */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const now = this.clock.now();
    const unless = new Date(now.getTime() - leastMs);
    const { cli_token: cliTokens, workspace_token: workspaceTokens, session } = this.#pending;
    const [tokens, keys, sessions] = [taken(cliTokens), taken(workspaceTokens), taken(session)];
    await Promise.allSettled([
      keys.length > 0 && this.repository.touchWorkspaceTokens(keys, now, unless),
      tokens.length > 0 && this.repository.touchTokens(tokens, now, unless),
      sessions.length > 0 && this.repository.touchSessions(sessions, now, unless),
    ]);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.flush();
  }
}

// In one order everywhere, so that two replicas never wait for each other.
function taken(pending: Set<string>): string[] {
  const ids = [...pending].sort();
  pending.clear();
  return ids;
}
