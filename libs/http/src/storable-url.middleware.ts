import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { httpErrors } from './http.errors.js';

/** Refuses NUL in paths and queries: no row can hold it, so nothing is there (404), and no filter can mean it (400). */
export function storableUrl(): RequestHandler {
  return (request: Request, _response: Response, next: NextFunction) => {
    const [path = '', query = ''] = request.originalUrl.split('?', 2);
    if (path.includes('%00')) return next(httpErrors.hidden());
    if (query.includes('%00'))
      return next(httpErrors.invalidQuery({ params: { reason: 'The query must not contain a NUL character' } }));
    next();
  };
}
