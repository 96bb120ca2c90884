const second = 1_000;
const minute = 60 * second;

/** How long before its expiry a token is renewed at the latest. */
export const refreshMarginMs = 5 * minute;

const unknownLifeMs = 65 * minute;
const leastPauseMs = 10 * second;
const firstBackOffMs = 10 * second;
const longestBackOffMs = 60 * minute;

/** What decides whether a token is to be renewed. */
export interface RefreshFacts {
  /** Whether there is a refresh token. */
  renewable: boolean;
  tokenExpiresAt: Date | null;
  nextRefreshAt: Date | null;
}

/** Whether a token is to be renewed with its next use. A back-off is a `nextRefreshAt` that has not come. */
export function isRefreshDue({ renewable, tokenExpiresAt, nextRefreshAt }: RefreshFacts, now: Date): boolean {
  if (!renewable) return false;
  if (nextRefreshAt !== null) return nextRefreshAt <= now;
  return tokenExpiresAt !== null && tokenExpiresAt.getTime() - refreshMarginMs <= now.getTime();
}

/**
 * When a token that was issued now is renewed: five minutes before its expiry and up to a tenth of its life earlier (at most
 * five minutes), so that tokens issued together are not renewed together; at half its life when that is later; never within
 * ten seconds. A token of unknown life counts as living an hour.
 *
 * `jitter` is a number from 0 to 1.
 */
export function nextRefreshAt(now: Date, expiresAt: Date | null, jitter: number): Date {
  const life = expiresAt === null ? unknownLifeMs : expiresAt.getTime() - now.getTime();
  const early = jitter * Math.min(life / 10, refreshMarginMs);
  return after(now, Math.max(life - refreshMarginMs - early, life / 2, leastPauseMs));
}

/**
 * When a renewal that failed for the `failures`-th time in a row is tried again: after ten seconds, doubling up to an hour, or
 * when the server asked for it, if that is later (an hour at most). `jitter`, from 0 to 1, shortens our own pause by up to
 * half, and lengthens the server's by up to a tenth: never back before it said.
 */
export function retryAt(now: Date, failures: number, retryAfterMs: number | null, jitter: number): Date {
  const own = Math.min(firstBackOffMs * 2 ** Math.min(failures - 1, 20), longestBackOffMs) * (1 - jitter / 2);
  const asked = Math.min(Math.max(retryAfterMs ?? 0, 0), longestBackOffMs) * (1 + jitter / 10);
  return after(now, Math.max(own, asked));
}

function after(now: Date, ms: number): Date {
  return new Date(now.getTime() + Math.round(ms));
}
