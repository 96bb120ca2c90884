import { readFileSync } from 'node:fs';

/** A body, answer or parameter of the document, as far as tests look at it. */
export interface PublishedContent {
  $ref?: string;
  description?: string;
  headers?: Record<string, unknown>;
  content?: Record<string, { schema?: PublishedSchema; example?: unknown }>;
}

/** A JSON Schema of the document, as far as tests look at it. */
export interface PublishedSchema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, PublishedSchema>;
  description?: string;
}

/** One parameter of an operation. */
export interface PublishedParameter {
  name: string;
  in: string;
  description?: string;
  required?: boolean;
  schema?: PublishedSchema;
}

/** One published operation. */
export interface PublishedOperation {
  /** `GET /api/v1/…`. */
  label: string;
  method: string;
  path: string;
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: PublishedParameter[];
  requestBody?: PublishedContent;
  responses: Record<string, PublishedContent>;
  security?: Record<string, string[]>[];
  'x-permission'?: string;
  'x-permission-or'?: string;
  'x-scope'?: string;
  'x-public-reason'?: string;
  'x-paged'?: boolean;
}

/** The published document. */
export interface PublishedDocument {
  openapi: string;
  tags: { name: string; description?: string }[];
  paths: Record<string, Record<string, Omit<PublishedOperation, 'label' | 'method' | 'path'>>>;
  components: {
    schemas: Record<string, PublishedSchema>;
    responses: Record<string, PublishedContent>;
    securitySchemes: Record<string, object>;
  };
}

/** The committed contract. */
export const contract = JSON.parse(
  readFileSync(new URL('../../apps/api/openapi.json', import.meta.url), 'utf8'),
) as PublishedDocument;

/** Every operation of the committed contract. */
export const operations: readonly PublishedOperation[] = Object.entries(contract.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    ...operation,
    label: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
  })),
);

/** The answer itself where it is a reference to a shared one. */
export function resolved(response: PublishedContent): PublishedContent {
  const name = response.$ref?.split('/').at(-1);
  return name === undefined ? response : (contract.components.responses[name] ?? {});
}
