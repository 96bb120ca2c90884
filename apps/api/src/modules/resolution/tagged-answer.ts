import type { Request, Response } from 'express';
import type { TaggedAnswer } from './resolution.service.js';

/** Sends a JSON answer with its entity tag, or 304 when the caller has it already (RFC 9110 §13.1.2). */
export function sendTagged(request: Request, response: Response, { etag, body, bytes }: TaggedAnswer): void {
  response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', 'private, no-cache');
  if (matches(request.headers['if-none-match'], etag)) {
    response.statusCode = 304;
    response.end();
    return;
  }
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', bytes);
  // Plain ASCII needs no transcoding, which is most of what sending costs.
  response.end(body, bytes === body.length ? 'latin1' : 'utf8');
}

function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag || header === '*') return true;
  return header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
