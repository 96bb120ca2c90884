import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { map, type Observable } from 'rxjs';
import type { Page } from '#kernel';
import { limitOf, offsetOf } from './page.query.js';
import type { PaginationResponse } from './pagination.response.js';

/**
 * Answers a page as a bare array, or as an object with one member that holds it; its size and neighbours go to
 * `X-Total-Count` and `Link` (RFC 8288). So do those of an answer that has a `pagination` of its own. Any other answer, such as
 * one with a cursor, passes as it is.
 */
@Injectable()
export class PageInterceptor implements NestInterceptor {
  constructor(
    private readonly defaultLimit = 50,
    private readonly envelope: string | null = null,
    private readonly counted = false,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<object>): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    return next.handle().pipe(
      map((page) => {
        const response = http.getResponse<Response>();
        if (isNumbered(page)) setNumberedPageHeaders(request, response, page.pagination);
        if (!isPage(page)) return page;
        setPageHeaders(request, response, page.total, this.defaultLimit);
        if (this.envelope === null) return page.items;
        return { [this.envelope]: page.items, ...(this.counted && { count: page.items.length }) };
      }),
    );
  }
}

// A handler that sends by itself answers nothing here.
function isPage(answer: object | undefined): answer is Page<unknown> {
  return answer !== undefined && 'items' in answer && 'total' in answer;
}

function isNumbered(answer: object | undefined): answer is { pagination: PaginationResponse } {
  return answer !== undefined && 'pagination' in answer;
}

/** Says how many rows a list has and where its neighbouring pages are (RFC 8288). */
export function setPageHeaders(request: Request, response: Response, total: number, defaultLimit: number): void {
  const limit = limitOf(request.query.limit, defaultLimit);
  setHeaders(request, response, { total, limit, offset: offsetOf(request.query.offset) });
}

// `offset` comes before `page`, as in the query.
function setNumberedPageHeaders(
  request: Request,
  response: Response,
  { page, limit, total }: PaginationResponse,
): void {
  const { offset } = request.query;
  setHeaders(request, response, { total, limit, offset: offset === undefined ? (page - 1) * limit : offsetOf(offset) });
}

function setHeaders(
  request: Request,
  response: Response,
  { total, limit, offset }: { total: number; limit: number; offset: number },
): void {
  response.setHeader('X-Total-Count', String(total));
  const links = [`${address(request, limit, 0)}; rel="first"`];
  if (offset > 0) links.push(`${address(request, limit, Math.max(0, offset - limit))}; rel="prev"`);
  if (offset + limit < total) links.push(`${address(request, limit, offset + limit)}; rel="next"`);
  links.push(`${address(request, limit, lastOffset(total, limit))}; rel="last"`);
  response.setHeader('Link', links.join(', '));
}

function lastOffset(total: number, limit: number): number {
  return total === 0 ? 0 : Math.floor((total - 1) / limit) * limit;
}

// Relative references: the host that a client used is not ours to know.
function address(request: Request, limit: number, offset: number): string {
  const [path = '', query = ''] = request.originalUrl.split('?', 2);
  const parameters = new URLSearchParams(query);
  // `offset` says it.
  parameters.delete('page');
  parameters.set('limit', String(limit));
  parameters.set('offset', String(offset));
  return `<${path}?${parameters.toString()}>`;
}
