import { applyDecorators, HttpCode, type Type, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiExtension, ApiExtraModels, ApiOperation, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { PageInterceptor } from './page.interceptor.js';
import { ProblemResponse } from './problem.response.js';

/** What the published contract says of one operation beside its path. */
export interface EndpointOptions {
  /** operationId: camelCase verb and noun, unique and stable, since clients are generated from it. */
  id: string;
  /** One line, sentence case, no full stop. */
  summary: string;
  /** Markdown: conditions, defaults, side effects. */
  description?: string;
  /** Status of success; 200 unless told. */
  status?: 200 | 201 | 202 | 204 | 302;
  /** What success means, for the response's description. */
  success?: string;
  /** Response DTO; an array of one element for a list. Absent: no body. */
  type?: Type<unknown> | [Type<unknown>];
  /** Media type of a success that is no JSON, such as `image/svg+xml`. */
  content?: string;
  /** A second form of success, which a query parameter asks for. */
  alternative?: Type<unknown>;
  /** DTO of the body where the handler takes it as {@link LateBody} or raw. */
  body?: Type<object>;
  /** Error statuses of this operation beside those that its access and the server add by themselves. */
  errors?: readonly (400 | 401 | 403 | 404 | 409 | 410 | 412 | 413 | 422 | 502 | 504)[];
  /**
   * The handler returns a `Page`, answered as an array with `X-Total-Count` and `Link`, or an object with a `pagination`, answered
   * with them as it is. A number is the default limit.
   */
  paged?: boolean | number;
  /** Member of the answer that holds a page's items, where the contract does not answer a bare array. */
  envelope?: string;
  /** Beside that member, `count` says how many items the page has. */
  counted?: boolean;
  /** Browsers get its answers, errors included, as pages where `Accept` does not prefer JSON. */
  pages?: boolean;
  /** Response headers of success by name. */
  headers?: Record<string, string>;
}

/** What an error status means wherever an operation says nothing of its own about it. */
export const statusMeanings: Readonly<Record<number, string>> = {
  400: 'The request is invalid; `errors` says which fields and why.',
  401: 'No valid credentials were presented; `WWW-Authenticate` says why.',
  403: 'The role or the token’s scopes do not allow this, the caller is not a member, or a browser sent it from a foreign page.',
  404: 'Not found, or not visible to the caller: both answer the same.',
  409: 'It clashes with what exists.',
  410: 'This is over and will not come back.',
  412: 'A precondition does not hold.',
  413: 'The body is larger than 1 MB, or than what the description says.',
  422: 'Well formed, but refused by a rule.',
  429: 'Too many requests; wait for `Retry-After` seconds.',
  500: 'A fault of ours; `request_id` finds it in the log.',
  502: 'A provider failed or answered something unusable.',
  503: 'The database cannot be reached; nothing was changed.',
  504: 'A provider did not answer in time.',
};

/** Publishes a handler in the OpenAPI document and sets its status. */
export function Endpoint(options: EndpointOptions): MethodDecorator {
  const status = options.status ?? 200;
  const decorators: (MethodDecorator | ClassDecorator)[] = [
    HttpCode(status),
    ApiOperation({
      operationId: options.id,
      summary: options.summary,
      description: options.description ?? options.summary,
    }),
    success(options, status),
    ...(options.errors ?? []).map((code) =>
      ApiResponse({ status: code, description: statusMeanings[code] ?? 'Error', type: ProblemResponse }),
    ),
  ];
  if (options.pages) decorators.push(ApiExtension('x-pages', true));
  if (options.body) decorators.push(ApiBody({ type: options.body, required: true }));
  if (options.paged) {
    decorators.push(
      UseInterceptors(
        new PageInterceptor(options.paged === true ? 50 : options.paged, options.envelope ?? null, options.counted),
      ),
      ApiExtension('x-paged', true),
    );
  }
  return applyDecorators(...decorators) as MethodDecorator;
}

function success(options: EndpointOptions, status: number): MethodDecorator & ClassDecorator {
  const [type, isArray] = Array.isArray(options.type) ? [options.type[0], true] : [options.type, false];
  const headers = Object.fromEntries(
    Object.entries(options.headers ?? {}).map(([name, description]) => [
      name,
      { description, schema: { type: 'string' as const, maxLength: 4096 } },
    ]),
  );
  const description = options.success ?? 'Success.';
  if (options.content) {
    const content = { [options.content]: { schema: { type: 'string' as const } } };
    return ApiResponse({ status, description, headers, content });
  }
  if (!type || !options.alternative)
    return ApiResponse({ status, description, headers, ...(type && { type, isArray }) });
  const first = { $ref: getSchemaPath(type) };
  const oneOf = [isArray ? { type: 'array', items: first } : first, { $ref: getSchemaPath(options.alternative) }];
  return applyDecorators(
    ApiExtraModels(type, options.alternative),
    ApiResponse({ status, description, headers, schema: { oneOf } }),
  ) as MethodDecorator & ClassDecorator;
}
