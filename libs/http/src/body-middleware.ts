import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { markStrict } from './body-reading.js';

/** Largest request body, in bytes (seed 003: 1 MB). */
export const maxBodyBytes = 1_048_576;

/**
 * Collects the body as raw bytes, whatever its media type says. It is parsed behind the guards, so that a stranger is
 * told to sign in before being told about commas.
 */
export function rawBody(): RequestHandler[] {
  const readers = express.raw({ type: () => true, limit: maxBodyBytes });
  const preference = (request: Request, _response: Response, next: NextFunction): void => {
    const wish = request.headers.prefer;
    if (typeof wish === 'string' && /(^|[,\s])handling\s*=\s*"?strict"?/i.test(wish) && Buffer.isBuffer(request.body)) {
      markStrict(request.body);
    }
    next();
  };
  return [readers, preference];
}
