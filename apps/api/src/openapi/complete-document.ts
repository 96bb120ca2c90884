import type { OpenAPIObject } from '@nestjs/swagger';
import { type DocumentNode, operationsOf } from './document-nodes.js';
import { addExamples } from './examples.js';
import { completeIdempotency } from './idempotency.js';
import { inKeyOrder } from './key-order.js';
import { completeParameters } from './operation-parameters.js';
import { completeResponses } from './operation-responses.js';
import { limitSchemas } from './schema-limits.js';
import { sharedResponses } from './shared-answers.js';
import { sharedHeaders } from './shared-headers.js';
import { dropUnusedComponents } from './unused-components.js';
import { webhookSchemas, webhooks } from './webhooks.js';

/**
 * Completes the document that Nest generates: what every operation has in common, the limits of every schema, an example
 * for every body and answer. Works on any operation by its decorators alone, and puts all keys in order.
 */
export function completeDocument(generated: OpenAPIObject): OpenAPIObject {
  const document = structuredClone(generated) as unknown as DocumentNode;
  document.components = {
    ...document.components,
    responses: sharedResponses(),
    headers: structuredClone(sharedHeaders),
    schemas: { ...document.components.schemas, ...structuredClone(webhookSchemas) },
  };
  document.webhooks = structuredClone(webhooks);
  for (const placed of operationsOf(document)) {
    const { operation } = placed;
    if (operation['x-permission'] === 'public') operation.security = [];
    completeIdempotency(placed);
    completeParameters(operation);
    completeResponses(placed, document);
  }
  limitSchemas(document);
  dropUnusedComponents(document);
  addExamples(document);
  return inKeyOrder(document) as OpenAPIObject;
}
