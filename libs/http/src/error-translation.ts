import { HttpException } from '@nestjs/common';
import { AppError } from '#kernel';
import { maxBodyBytes } from './body-middleware.js';
import { httpErrors } from './http.errors.js';

/** Turns one library's failures into the house's error; null when the failure is not of that library. */
export type ErrorTranslator = (error: unknown) => AppError | null;

/** The house's error for anything thrown: translators first, then Nest's own exceptions, else a 500 that says nothing. */
export function toAppError(error: unknown, translators: readonly ErrorTranslator[]): AppError {
  if (error instanceof AppError) return error;
  for (const translate of translators) {
    const translated = translate(error);
    if (translated) return translated;
  }
  if (error instanceof HttpException) return fromHttpStatus(error.getStatus(), error);
  const status = statusOfMiddlewareError(error);
  return status === null ? httpErrors.internal({ cause: error }) : fromHttpStatus(status, error);
}

function fromHttpStatus(status: number, error: unknown): AppError {
  if (status === 404) return httpErrors.routeNotFound({ cause: error });
  if (status === 413) return httpErrors.bodyTooLarge({ cause: error, params: { most: limitOf(error) } });
  if (status >= 400 && status < 500)
    return httpErrors.badRequest({ cause: error, params: { reason: 'The request could not be read' } });
  return httpErrors.internal({ cause: error });
}

// Body readers and the router mark their errors with a status and `expose`; anything else is ours to hide.
function statusOfMiddlewareError(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('status' in error) || !('expose' in error)) {
    return error instanceof URIError ? 400 : null;
  }
  return typeof error.status === 'number' && error.expose === true ? error.status : null;
}

// In MB, as the body's reader says it.
function limitOf(error: unknown): number {
  const limit = typeof error === 'object' && error !== null && 'limit' in error ? error.limit : null;
  return typeof limit === 'number' ? Math.floor(limit / maxBodyBytes) : 1;
}
