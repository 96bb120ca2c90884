import type { IncomingMessage } from 'node:http';
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
    if (claimed === undefined || allowed.has(claimed) || isOwn(claimed, request)) return next();
    next(httpErrors.originNotAllowed({ headers: { 'WWW-Authenticate': 'Bearer error="origin_rejected"' } }));
  };
}

function isOwn(claimed: string, request: Request): boolean {
  return claimed === `${request.protocol}://${request.headers.host ?? ''}`;
}

/**
 * Whether a page may open a WebSocket: as {@link originGuard} has it, for requests that Express does not see. The scheme is
 * not looked at, because only a proxy in front of us knows it.
 */
export function mayOpenSocket({ headers }: IncomingMessage, ownOrigins: readonly string[]): boolean {
  const { origin, host } = headers;
  if (origin === undefined || ownOrigins.includes(origin)) return true;
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

function originOfUrl(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  return URL.canParse(url) ? new URL(url).origin : 'null';
}
