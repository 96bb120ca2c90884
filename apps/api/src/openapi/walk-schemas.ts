import { type DocumentNode, type MediaNode, operationsOf, type SchemaNode } from './document-nodes.js';

/** Sees every schema of the document once, with the name of the member or parameter that it describes. */
export type SchemaVisitor = (schema: SchemaNode, name: string) => void;

/** Walks all schemas: components, bodies, parameters, answers and headers. */
export function walkSchemas(document: DocumentNode, visit: SchemaVisitor): void {
  const { schemas, responses, headers } = document.components;
  for (const [name, schema] of Object.entries(schemas)) walk(schema, name, visit);
  for (const header of Object.values(headers)) walk(header.schema, 'header', visit);
  for (const response of Object.values(responses)) walkContent(response.content, visit);
  for (const { operation } of operationsOf(document)) {
    for (const parameter of operation.parameters ?? []) walk(parameter.schema, parameter.name, visit);
    walkContent(operation.requestBody?.content, visit);
    for (const response of Object.values(operation.responses)) {
      walkContent(response.content, visit);
      for (const header of Object.values(response.headers ?? {})) walk(header.schema, 'header', visit);
    }
  }
}

function walkContent(content: Record<string, MediaNode> | undefined, visit: SchemaVisitor): void {
  for (const media of Object.values(content ?? {})) walk(media.schema, 'body', visit);
}

function walk(schema: SchemaNode | undefined, name: string, visit: SchemaVisitor): void {
  if (!schema) return;
  visit(schema, name);
  for (const [property, member] of Object.entries(schema.properties ?? {})) walk(member, property, visit);
  walk(schema.items, name.replace(/ids$/, 'id'), visit);
  for (const part of [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) {
    walk(part, name, visit);
  }
  if (typeof schema.additionalProperties === 'object') walk(schema.additionalProperties, name, visit);
}
