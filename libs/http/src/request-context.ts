import type { Request } from 'express';
import type { Origin } from '#kernel';

const origins = new WeakMap<Request, Origin>();

/** Remembers where a request came from. Called once, by the first middleware. */
export function setOrigin(request: Request, origin: Origin): void {
  origins.set(request, origin);
}

/** Where the request came from: address, user agent and the id that its answer carries. */
export function originOf(request: Request): Origin {
  return origins.get(request) ?? { ip: null, userAgent: null, requestId: 'unknown' };
}
