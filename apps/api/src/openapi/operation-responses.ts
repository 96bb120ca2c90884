import { statusMeanings } from '#http';
import {
  type DocumentNode,
  type OperationNode,
  type PlacedOperation,
  type ResponseNode,
  refTo,
  type SchemaNode,
} from './document-nodes.js';
import { type Dialect, dialectOf, sharedAnswerOf, sharedAnswers } from './shared-answers.js';
import { headersOf } from './shared-headers.js';

const pageSize = 100;

/** Adds the answers and headers that an operation has by its kind, and names the schema of its success. */
export function completeResponses(placed: PlacedOperation, document: DocumentNode): void {
  const { operation, path } = placed;
  const dialect = dialectOf(path);
  dropGuessedSuccess(operation);
  for (const name of impliedAnswers(placed)) {
    const status = String(sharedAnswers[name]?.status);
    operation.responses[status] ??= refTo('responses', `${dialect.prefix}${name}`);
  }
  for (const [status, response] of Object.entries(operation.responses)) {
    if (response.$ref) continue;
    if (Number(status) >= 400) operation.responses[status] = problemAnswer(Number(status), response, dialect);
    else completeSuccess(placed, response, document);
  }
  if (operation['x-pages']) addPages(operation, document);
}

// Faults of ours, and what the middlewares refuse, are answered before a page could be made.
const pageStatuses: readonly string[] = ['200', '400', '403', '404', '422', '502'];

// Beside JSON, the page that browsers get. Shared answers know no pages, so the operation gets copies of its own.
function addPages({ responses }: OperationNode, { components }: DocumentNode): void {
  components.schemas.HtmlPage = {
    type: 'string',
    description: 'A small page that says what happened and what to do; it needs nothing from anywhere else.',
    maxLength: 65_536,
    example: '<!doctype html>…',
  };
  for (const status of pageStatuses) {
    const response = responses[status];
    if (!response) continue;
    const shared = response.$ref?.split('/').at(-1);
    const own = shared === undefined ? response : structuredClone(components.responses?.[shared] ?? {});
    responses[status] = { ...own, content: { ...own.content, 'text/html': { schema: refTo('schemas', 'HtmlPage') } } };
  }
}

// Beside the success that an operation states, the Swagger plugin publishes the status that it guesses from the method.
// A guess has no description.
function dropGuessedSuccess({ responses }: OperationNode): void {
  const isSuccess = (status: string) => Number(status) < 400;
  const stated = Object.entries(responses).some(([status, { description }]) => isSuccess(status) && description);
  if (!stated) return;
  for (const [status, { description }] of Object.entries(responses)) {
    if (isSuccess(status) && !description) delete responses[status];
  }
}

// What the middlewares, the guard and the body reader may answer before the handler is asked.
function impliedAnswers({ method, path, operation }: PlacedOperation): string[] {
  const permission = operation['x-permission'] ?? 'public';
  const names = ['BadRequest', 'TooManyRequests', 'InternalError', 'Unavailable'];
  if (permission !== 'public' && permission !== 'internal') names.push('Unauthorized');
  if (permission !== 'public' || method !== 'get') names.push('Forbidden');
  if (path.includes('{') || permission === 'internal') names.push('NotFound');
  if (operation.requestBody || method !== 'get') names.push('BodyTooLarge');
  return names;
}

// Where an operation says nothing of its own about a status, it refers to the shared answer.
function problemAnswer(status: number, response: ResponseNode, dialect: Dialect): ResponseNode {
  const name = sharedAnswerOf(status);
  const shared = name === null ? undefined : sharedAnswers[name];
  const ownForm = Object.values(response.content ?? {}).some(
    ({ schema }) => schema && schema.$ref !== '#/components/schemas/ProblemResponse',
  );
  if (ownForm) return { ...response, headers: { ...headersOf(shared?.headers), ...response.headers } };
  if (name !== null && (response.description ?? '') === statusMeanings[status] && !hasHeaders(response))
    return refTo('responses', `${dialect.prefix}${name}`);
  return {
    description: response.description ?? '',
    headers: { ...headersOf(shared?.headers), ...response.headers },
    content: { [dialect.mediaType]: { schema: refTo('schemas', dialect.schema) } },
  };
}

function hasHeaders({ headers }: ResponseNode): boolean {
  return Object.keys(headers ?? {}).length > 0;
}

function completeSuccess({ operation }: PlacedOperation, response: ResponseNode, document: DocumentNode): void {
  const paged = operation['x-paged'] === true;
  response.headers = { ...headersOf(paged ? ['X-Total-Count', 'Link'] : []), ...response.headers };
  for (const media of Object.values(response.content ?? {})) {
    if (media.schema) media.schema = named(media.schema, operation.operationId, paged, document);
  }
}

// Generated clients name types after components, so no answer stays an inline schema.
function named(schema: SchemaNode, operationId: string, paged: boolean, document: DocumentNode): SchemaNode {
  if (schema.$ref) return schema;
  const { schemas } = document.components;
  const element = schema.items?.$ref
    ?.split('/')
    .at(-1)
    ?.replace(/Response$/, '');
  if (schema.type === 'array' && element !== undefined) {
    const name = element + (paged ? 'Page' : 'List');
    schemas[name] = {
      ...schema,
      description: paged ? 'One page of the list.' : 'The whole list.',
      ...(paged && { maxItems: pageSize }),
    };
    return refTo('schemas', name);
  }
  const name = `${operationId.charAt(0).toUpperCase()}${operationId.slice(1)}Answer`;
  if (paged) for (const part of schema.oneOf ?? []) if (part.type === 'array') part.maxItems ??= pageSize;
  schemas[name] = { description: 'One of the forms of this answer.', ...schema };
  return refTo('schemas', name);
}
