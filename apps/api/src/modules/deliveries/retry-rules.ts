const longestMs = 3_600_000;

/** What the receiver asked for with `Retry-After`, in milliseconds; null when it did not, or not intelligibly. */
export function retryAfterMs(header: string | null, now: Date): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const at = / GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}

/**
 * How long is waited after so many attempts, the first being 1; null when there is no further one. A receiver may ask for a
 * longer wait than planned, up to an hour, never for a shorter one.
 */
export function nextWaitMs(attempts: number, delaysMs: readonly number[], askedMs: number | null): number | null {
  const planned = delaysMs[attempts - 1];
  if (planned === undefined) return null;
  return Math.max(planned, Math.min(askedMs ?? 0, longestMs));
}
