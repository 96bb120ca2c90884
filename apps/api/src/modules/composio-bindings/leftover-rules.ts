const minuteMs = 60_000;
const longestMs = 6 * 60 * minuteMs;

/** How long a server whose making was never answered may still appear at Composio. */
export const uncertainMs = 10 * minuteMs;

/** When a server is tried to be deleted again: after one minute, then twice as long each time, six hours at most. */
export function nextAttemptAt(now: Date, failures: number): Date {
  const waitMs = Math.min(minuteMs * 2 ** Math.max(failures - 1, 0), longestMs);
  return new Date(now.getTime() + waitMs);
}
