import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { originOf } from '#http';

/** One line for each answered request: method, path without query, status and duration. Bodies and headers never. */
export function requestLog(logger: Logger): RequestHandler {
  if (!logger.isLevelEnabled('info')) return (_request, _response, next) => next();
  return (request: Request, response: Response, next: NextFunction) => {
    const start = performance.now();
    const path = request.path;
    response.once('close', () => {
      const durationMs = Math.round((performance.now() - start) * 10) / 10;
      const { requestId } = originOf(request);
      logger.info({ requestId, method: request.method, path, status: response.statusCode, durationMs }, 'request');
    });
    next();
  };
}
