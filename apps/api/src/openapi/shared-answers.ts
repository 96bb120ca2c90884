import { accessErrors, unauthenticated } from '#access';
import { httpErrors, problemContentType, problemOf, statusMeanings } from '#http';
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
  KeyReused: {
    status: 422,
    description: 'The `Idempotency-Key` was sent with another body before.',
    error: idempotencyErrors.keyReused(),
  },
};

/** The components under `responses`. */
export function sharedResponses(): Record<string, ResponseNode> {
  return Object.fromEntries(Object.entries(sharedAnswers).map(([name, answer]) => [name, published(answer)]));
}

/** The component that answers a status in general; null when the status has none. */
export function sharedAnswerOf(status: number): string | null {
  const general = ([, answer]: [string, SharedAnswer]) => answer.status === status && answer.description === undefined;
  return Object.entries(sharedAnswers).find(general)?.[0] ?? null;
}

function published({ status, description, error, headers = [] }: SharedAnswer): ResponseNode {
  const example = error && (problemOf(error, '/api/v1/integrations', 'cmhq3v1x0a1b2c3d4e5f6g7h8') as unknown as Json);
  return {
    description: description ?? statusMeanings[status] ?? '',
    headers: headersOf(headers),
    content: {
      [problemContentType]: { schema: refTo('schemas', 'ProblemResponse'), ...(example !== undefined && { example }) },
    },
  };
}
