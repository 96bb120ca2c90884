/** Any JSON value of the document. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A JSON Schema (2020-12) as the document holds it. Only what the passes read or write is named. */
export interface SchemaNode {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  enum?: Json[];
  const?: Json;
  default?: Json;
  example?: Json;
  examples?: Json[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  maxItems?: number;
  required?: string[];
  properties?: Record<string, SchemaNode>;
  items?: SchemaNode;
  allOf?: SchemaNode[];
  anyOf?: SchemaNode[];
  oneOf?: SchemaNode[];
  additionalProperties?: boolean | SchemaNode;
}

/** One media type of a body. */
export interface MediaNode {
  schema?: SchemaNode;
  example?: Json;
  examples?: Json;
}

/** A header of an answer, or a reference to one. */
export interface HeaderNode {
  $ref?: string;
  description?: string;
  schema?: SchemaNode;
}

/** An answer, or a reference to a shared one. */
export interface ResponseNode {
  $ref?: string;
  description?: string;
  headers?: Record<string, HeaderNode>;
  content?: Record<string, MediaNode>;
}

/** A parameter of an operation. */
export interface ParameterNode {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  description?: string;
  required?: boolean;
  schema?: SchemaNode;
}

/** One operation. */
export interface OperationNode {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: ParameterNode[];
  requestBody?: { required?: boolean; content: Record<string, MediaNode> };
  responses: Record<string, ResponseNode>;
  security?: Record<string, string[]>[];
  'x-permission'?: string;
  'x-paged'?: boolean;
  'x-pages'?: boolean;
}

/** The document while it is being completed. */
export interface DocumentNode {
  paths: Record<string, Record<string, OperationNode>>;
  webhooks?: Record<string, Record<string, OperationNode>>;
  components: {
    schemas: Record<string, SchemaNode>;
    responses: Record<string, ResponseNode>;
    headers: Record<string, HeaderNode>;
    securitySchemes: Record<string, object>;
  };
}

/** One operation with its place. */
export interface PlacedOperation {
  method: string;
  path: string;
  operation: OperationNode;
}

/** Every operation of the document. */
export function operationsOf(document: DocumentNode): PlacedOperation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
}

/** The name of a schema component that a reference points to; null for other references. */
export function schemaNameOf(ref: string | undefined): string | null {
  const prefix = '#/components/schemas/';
  return ref?.startsWith(prefix) ? ref.slice(prefix.length) : null;
}

/** A reference to a component. */
export function refTo(kind: keyof DocumentNode['components'], name: string): { $ref: string } {
  return { $ref: `#/components/${kind}/${name}` };
}

/** The types of a schema, without `null`. */
export function typesOf(schema: SchemaNode): string[] {
  return [schema.type ?? []].flat().filter((type) => type !== 'null');
}
