import type { NextFunction, Request, RequestHandler, Response } from 'express';

/**
 * Several middlewares as one. Express matches every layer's path anew for every request; these are for all paths, so one
 * layer serves for them all.
 */
export function inOrder(...handlers: readonly RequestHandler[]): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    let position = 0;
    const step = (failure?: unknown): void => {
      const handler = failure === undefined ? handlers[position] : undefined;
      position += 1;
      if (handler) handler(request, response, step);
      else next(failure);
    };
    step();
  };
}
