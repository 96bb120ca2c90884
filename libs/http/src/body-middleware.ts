import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { markStrict } from './body-reading.js';

/** Largest request body, in bytes (seed 003: 1 MB). */
export const maxBodyBytes = 1_048_576;

// Bodies that carry whole files.
const largerBodies: ReadonlyMap<string, number> = new Map([
  ['/api/v1/templates/import', 16 * maxBodyBytes],
  ['/api/v1/bundles/import', 25 * maxBodyBytes],
]);

/**
 * Collects the body as raw bytes, whatever its media type says. It is parsed behind the guards, so that a stranger is
 * told to sign in before being told about commas.
 */
export function rawBody(): RequestHandler[] {
  const reader = express.raw({ type: () => true, limit: maxBodyBytes });
  const largerReaders = new Map(
    [...largerBodies].map(([path, limit]) => [path, express.raw({ type: () => true, limit })] as const),
  );
  const read: RequestHandler = (request, response, next) =>
    (largerReaders.get(request.path) ?? reader)(request, response, next);
  const preference = (request: Request, _response: Response, next: NextFunction): void => {
    const wish = request.headers.prefer;
    if (typeof wish === 'string' && /(^|[,\s])handling\s*=\s*"?strict"?/i.test(wish) && Buffer.isBuffer(request.body)) {
      markStrict(request.body);
    }
    next();
  };
  return [read, preference];
}
