import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { AppError } from '#kernel';
import { allowedMethods } from './allowed-methods.js';
import { consoleErrorOf, isConsolePath } from './console-dialect.js';
import { type ErrorTranslator, toAppError } from './error-translation.js';
import { httpErrors } from './http.errors.js';
import { isInternalPath } from './internal-path.js';
import { problemContentType, problemOf } from './problem.js';
import { originOf } from './request-context.js';

/** Told of every failure that is ours (5xx), with all that must not be answered. */
export type FailureLog = (error: AppError, context: { requestId: string; method: string; path: string }) => void;

/** The only place where errors become answers. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly translators: readonly ErrorTranslator[],
    private readonly log: FailureLog,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<Request>(), http.getResponse<Response>());
  }

  /** Answers a failure of a middleware, which runs before Nest's own filters. */
  answer(thrown: unknown, request: Request, response: Response): void {
    const error = withMethods(toAppError(thrown, this.translators), request);
    const { requestId } = originOf(request);
    const path = request.originalUrl.split('?', 1)[0] ?? '';
    if (error.status >= 500) this.log(error, { requestId, method: request.method, path });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
    response.status(error.status);
    const { type, body } = isConsolePath(path)
      ? { type: 'application/json', body: consoleErrorOf(error, requestId) }
      : { type: problemContentType, body: problemOf(error, path, requestId) };
    response.setHeader('Content-Type', `${type}; charset=utf-8`);
    response.setHeader('Cache-Control', 'no-store');
    response.end(JSON.stringify(body));
  }
}

// Nest answers an unknown path and a known path with another method alike; HTTP does not (RFC 9110 §15.5.6).
function withMethods(error: AppError, request: Request): AppError {
  if (error.code !== 'http.route_not_found') return error;
  // Whoever guesses there learns nothing, not even that the path is right and the method wrong.
  if (isInternalPath(request.path)) return httpErrors.hidden({ cause: error });
  const allowed = allowedMethods(request.app, request.path).join(', ');
  if (allowed === '') return error;
  return httpErrors.methodNotAllowed({ params: { method: request.method, allowed }, headers: { Allow: allowed } });
}
