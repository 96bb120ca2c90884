import { STATUS_CODES } from 'node:http';
import type { AppError } from '#kernel';

/** A problem document (RFC 9457, the successor of RFC 7807), with the house's additions. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  request_id: string;
  /** Same text as `detail`, for clients of the simpler `{error}` form. */
  error: string;
  errors?: { field: string; code: string; message: string }[];
}

/** Media type of problem documents. */
export const problemContentType = 'application/problem+json';

// As published: a reference for people, not a copy of whatever was asked for.
const longestInstance = 4_000;

/** The problem document that an error is answered with. `instance` is the path without its query. */
export function problemOf(error: AppError, instance: string, requestId: string): Problem {
  return {
    type: 'about:blank',
    title: STATUS_CODES[error.status] ?? 'Error',
    status: error.status,
    detail: error.message,
    instance: instance.slice(0, longestInstance),
    code: error.code,
    request_id: requestId,
    error: error.message,
    ...(error.fields.length > 0 && { errors: error.fields.map((field) => ({ ...field })) }),
    ...error.extensions,
  };
}
