import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { setPageHeaders } from './page.interceptor.js';

/** A JSON answer that is ready to send. */
export interface TaggedAnswer {
  /** Strong entity tag (RFC 9110 §8.8.3). */
  etag: string;
  /** JSON text. */
  body: string;
  /** Length of the text in UTF-8. */
  bytes: number;
}

/** The same for one page of a list. */
export interface TaggedPage extends TaggedAnswer {
  /** How many rows the whole list has. */
  total: number;
}

/** Says in the contract that an answer has an entity tag and need not be sent again. */
export function Tagged(): MethodDecorator {
  const schema = { type: 'string' as const, maxLength: 1_024 };
  return applyDecorators(
    ApiHeader({ name: 'If-None-Match', required: false, description: 'Tag of the answer the caller has.', schema }),
    ApiResponse({
      status: 304,
      description: 'Unchanged since the tag in `If-None-Match`.',
      headers: { ETag: { description: 'Tag of this answer.', schema } },
    }),
  ) as MethodDecorator;
}

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

/** Sends one page of a list as {@link sendTagged} does, with `X-Total-Count` and `Link` (RFC 8288), also in a 304. */
export function sendTaggedPage(request: Request, response: Response, page: TaggedPage): void {
  setPageHeaders(request, response, page.total, 50);
  sendTagged(request, response, page);
}

function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag || header === '*') return true;
  return header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
