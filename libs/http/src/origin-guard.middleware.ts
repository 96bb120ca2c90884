import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { httpErrors } from './http.errors.js';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses mutations that a browser sends from a foreign page: `Origin`, or `Referer` without one, must be ours or listed.
 * Programs send neither and pass.
 */
export function originGuard(ownOrigins: readonly string[]): RequestHandler {
  const allowed = new Set(ownOrigins);
  return (request: Request, _response: Response, next: NextFunction) => {
    if (safeMethods.has(request.method)) return next();
    const claimed = request.headers.origin ?? originOfUrl(request.headers.referer);
    if (
      claimed === undefined ||
      allowed.has(claimed) ||
      claimed === `${request.protocol}://${request.headers.host ?? ''}`
    )
      return next();
    next(httpErrors.originNotAllowed({ headers: { 'WWW-Authenticate': 'Bearer error="origin_rejected"' } }));
  };
}

function originOfUrl(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  return URL.canParse(url) ? new URL(url).origin : 'null';
}
