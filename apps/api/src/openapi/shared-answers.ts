import { accessErrors, unauthenticated } from '#access';
import { consoleErrorOf, httpErrors, isConsolePath, problemContentType, problemOf, statusMeanings } from '#http';
import type { AppError } from '#kernel';
import { databaseErrors } from '#prisma';
import { idempotencyErrors } from '../modules/idempotency/idempotency.errors.js';
import { oauthFlowErrors } from '../modules/oauth-flows/oauth-flows.errors.js';
import { registrationErrors } from '../modules/registration/registration.errors.js';
import { serverAccessErrors } from '../modules/server-access/server-access.errors.js';
import { integrationErrors } from '../modules/workspace-integrations/workspace-integrations.errors.js';
import { type Json, type ResponseNode, refTo } from './document-nodes.js';
import { headersOf } from './shared-headers.js';

/** What the answers of one error status have in common. */
export interface SharedAnswer {
  status: number;
  /** What it means, where that is one thing only; otherwise the general meaning of its status. */
  description?: string;
  /** An error that is answered so, for the example. */
  error?: AppError;
  /** Headers beside those of every answer. */
  headers?: readonly string[];
}

const invalid = httpErrors.invalidBody({
  params: { reason: 'name is required' },
  fields: [{ field: 'name', code: 'text', message: 'name is required' }],
});

const unprocessable = serverAccessErrors.credentialUnusable({
  params: { name: 'github-token', reason: 'it has been revoked' },
});

const badGateway = oauthFlowErrors.exchangeFailed({ params: { reason: 'the token endpoint answered 503' } });

/** The answers to errors by component name. */
export const sharedAnswers: Readonly<Record<string, SharedAnswer>> = {
  BadRequest: { status: 400, error: invalid },
  Unauthorized: { status: 401, error: unauthenticated('no_credentials'), headers: ['WWW-Authenticate'] },
  Forbidden: { status: 403, error: accessErrors.forbidden() },
  NotFound: { status: 404, error: accessErrors.workspaceNotFound() },
  Conflict: { status: 409, error: integrationErrors.nameTaken() },
  Gone: { status: 410, error: registrationErrors.alreadyInitialized() },
  PreconditionFailed: { status: 412 },
  BodyTooLarge: { status: 413, error: httpErrors.bodyTooLarge() },
  Unprocessable: { status: 422, error: unprocessable },
  TooManyRequests: { status: 429, error: httpErrors.rateLimited(), headers: ['Retry-After'] },
  InternalError: { status: 500, error: httpErrors.internal() },
  BadGateway: { status: 502, error: badGateway },
  Unavailable: { status: 503, error: databaseErrors.unavailable(), headers: ['Retry-After'] },
  GatewayTimeout: { status: 504 },
  KeyInProgress: {
    status: 409,
    description: 'A request with this `Idempotency-Key` is under way; `Retry-After` says when to ask again.',
    error: idempotencyErrors.inProgress(),
    headers: ['Retry-After'],
  },
  KeyConflict: {
    status: 409,
    description:
      'The `Idempotency-Key` was sent with another body before, or a request with it is under way; then `Retry-After` says when to ask again.',
    error: idempotencyErrors.keyTaken(),
    headers: ['Retry-After'],
  },
  KeyReused: {
    status: 422,
    description: 'The `Idempotency-Key` was sent with another body before.',
    error: idempotencyErrors.keyReused(),
  },
};

/** How an error is written down: its media type, the component of its schema, and the error in that form. */
export interface Dialect {
  /** Begins the names of its components. */
  prefix: string;
  mediaType: string;
  schema: string;
  exampleOf(error: AppError): Json;
}

const requestId = 'cmhq3v1x0a1b2c3d4e5f6g7h8';
const consoleRequestId = '3fa85f64-5717-4562-b3fc-2c963f66afa6';

const problems: Dialect = {
  prefix: '',
  mediaType: problemContentType,
  schema: 'ProblemResponse',
  exampleOf: (error) => problemOf(error, '/api/v1/integrations', requestId) as unknown as Json,
};

const consoleErrors: Dialect = {
  prefix: 'Console',
  mediaType: 'application/json',
  schema: 'ConsoleErrorResponse',
  exampleOf: (error) => consoleErrorOf(error, consoleRequestId) as unknown as Json,
};

// What the console answers with other words than the rest.
const consoleExamples: Readonly<Record<string, AppError>> = {
  Unauthorized: accessErrors.apiKeyInvalid(),
  Forbidden: accessErrors.insufficientScope({ params: { scope: 'integrations:write' } }),
};

/** The form of the errors under a path. */
export function dialectOf(path: string): Dialect {
  return isConsolePath(path) ? consoleErrors : problems;
}

/** The components under `responses`. */
export function sharedResponses(): Record<string, ResponseNode> {
  return Object.fromEntries(
    [problems, consoleErrors].flatMap((dialect) =>
      Object.entries(sharedAnswers).map(([name, answer]) => {
        const error = (dialect === consoleErrors ? consoleExamples[name] : undefined) ?? answer.error;
        return [`${dialect.prefix}${name}`, published({ ...answer, error }, dialect)];
      }),
    ),
  );
}

/** The shared answer of a status in general, without its dialect's prefix; null when the status has none. */
export function sharedAnswerOf(status: number): string | null {
  const general = ([, answer]: [string, SharedAnswer]) => answer.status === status && answer.description === undefined;
  return Object.entries(sharedAnswers).find(general)?.[0] ?? null;
}

function published({ status, description, error, headers = [] }: SharedAnswer, dialect: Dialect): ResponseNode {
  return {
    description: description ?? statusMeanings[status] ?? '',
    headers: headersOf(headers),
    content: {
      [dialect.mediaType]: {
        schema: refTo('schemas', dialect.schema),
        ...(error && { example: dialect.exampleOf(error) }),
      },
    },
  };
}
