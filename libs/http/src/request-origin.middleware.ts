import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Ids } from '#kernel';
import { setOrigin } from './request-context.js';

const acceptedId = /^[A-Za-z0-9._:-]{8,128}$/;

/** Gives every request an id (the caller's `X-Request-Id` when it is well formed) and notes where it came from. */
export function requestOrigin(ids: Ids): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const given = request.headers['x-request-id'];
    const requestId = typeof given === 'string' && acceptedId.test(given) ? given : ids.next();
    response.setHeader('X-Request-Id', requestId);
    setOrigin(request, { ip: request.ip ?? null, userAgent: userAgentOf(request), requestId });
    next();
  };
}

function userAgentOf(request: IncomingMessage): string | null {
  return request.headers['user-agent']?.slice(0, 250) ?? null;
}
