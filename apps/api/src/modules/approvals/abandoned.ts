import type { Request } from 'express';

/** Aborted when the caller hangs up before the answer. */
export function abandoned(request: Request): AbortSignal {
  const controller = new AbortController();
  request.res?.once('close', () => controller.abort());
  return controller.signal;
}
