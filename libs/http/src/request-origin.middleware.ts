import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Ids } from '#kernel';
import { isConsolePath } from './console-dialect.js';
import { setOrigin } from './request-context.js';

const acceptedId = /^[A-Za-z0-9._:-]{8,128}$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Gives every request an id (the caller's `X-Request-Id` when it is well formed) and notes where it came from. The agent
 * console's ids are UUIDs (seed 002): a caller's other id is not well formed there, so that header, body, log and audit log
 * name one and the same.
 */
export function requestOrigin(ids: Ids): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const given = request.headers['x-request-id'];
    const isConsole = isConsolePath(request.path);
    const isWellFormed = typeof given === 'string' && (isConsole ? uuid : acceptedId).test(given);
    const requestId = isWellFormed ? given : isConsole ? ids.uuid() : ids.next();
    response.setHeader('X-Request-Id', requestId);
    setOrigin(request, { ip: request.ip ?? null, userAgent: userAgentOf(request), requestId });
    next();
  };
}

function userAgentOf(request: IncomingMessage): string | null {
  return request.headers['user-agent']?.slice(0, 250) ?? null;
}
