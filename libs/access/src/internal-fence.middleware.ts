import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { httpErrors, isInternalPath } from '#http';
import { cameOverUnixSocket, peerOf } from './internal-peer.js';

/**
 * Keeps two worlds apart: to callers from elsewhere the runtime's paths do not exist, whatever the method, and on the Unix
 * socket nothing else does. Express answers OPTIONS of a known path by itself, which would tell that it is there.
 */
export function internalFence(): RequestHandler {
  return (request: Request, _response: Response, next: NextFunction) => {
    const internal = isInternalPath(request.path);
    const open = internal
      ? request.method !== 'OPTIONS' && peerOf(request) !== 'elsewhere'
      : !cameOverUnixSocket(request);
    next(open ? undefined : httpErrors.hidden());
  };
}
