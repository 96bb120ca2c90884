import type { ServerResponse } from 'node:http';

/** Aborted when the caller hangs up before the answer, or has done so already. */
export function abandoned({ res }: { res?: ServerResponse }): AbortSignal {
  const controller = new AbortController();
  if (res?.destroyed) controller.abort();
  res?.once('close', () => controller.abort());
  return controller.signal;
}
