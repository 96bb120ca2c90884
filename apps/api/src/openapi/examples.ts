import {
  type DocumentNode,
  type Json,
  type MediaNode,
  operationsOf,
  type SchemaNode,
  schemaNameOf,
  typesOf,
} from './document-nodes.js';
import { isIdName, sampleOf } from './sample-values.js';

type Direction = 'request' | 'answer';

const deepest = 6;

/** Gives every JSON body and every main answer an example, made of the examples of its fields. */
export function addExamples(document: DocumentNode): void {
  const maker = new ExampleMaker(document);
  for (const { operation } of operationsOf(document)) {
    for (const media of Object.values(operation.requestBody?.content ?? {})) maker.illustrate(media, 'request');
    for (const [status, response] of Object.entries(operation.responses)) {
      if (!status.startsWith('2')) continue;
      for (const media of Object.values(response.content ?? {})) maker.illustrate(media, 'answer');
    }
  }
}

/** Builds values that satisfy schemas and read like the real thing. */
class ExampleMaker {
  readonly #schemas: Record<string, SchemaNode>;

  constructor(document: DocumentNode) {
    this.#schemas = document.components.schemas;
  }

  illustrate(media: MediaNode, direction: Direction): void {
    if (!media.schema || media.example !== undefined || media.examples !== undefined) return;
    media.example = this.#make(media.schema, { name: 'body', owner: null, direction, depth: 0 });
  }

  #make(schema: SchemaNode, place: Place): Json {
    const told = toldExample(schema) ?? this.#siblingExample(place);
    if (told !== undefined) return told;
    const component = schemaNameOf(schema.$ref);
    if (component !== null) {
      return this.#make(this.#schemas[component] ?? {}, { ...place, owner: component, depth: place.depth + 1 });
    }
    const parts = schema.allOf ?? schema.oneOf ?? schema.anyOf;
    if (parts && !schema.properties) return this.#ofParts(parts, place);
    if (schema.type === 'null') return null;
    const [type = 'object'] = typesOf(schema);
    if (type === 'array') return this.#list(schema, place);
    if (type === 'object') return this.#object(schema, place);
    if (place.direction === 'answer' && isNullable(schema) && this.#sibling(place)) return null;
    return sampleOf(schema, place.name);
  }

  #ofParts(parts: SchemaNode[], place: Place): Json {
    const value = parts.find((part) => part.type !== 'null');
    return value ? this.#make(value, place) : null;
  }

  #list(schema: SchemaNode, place: Place): Json {
    if (!schema.items || place.depth > deepest) return [];
    return [this.#make(schema.items, { ...place, name: place.name.replace(/s$/, '') })];
  }

  #object(schema: SchemaNode, place: Place): Json {
    const required = new Set(schema.required ?? []);
    const shown = Object.entries(schema.properties ?? {}).filter(
      ([name, member]) => required.has(name) || (member.example !== undefined && !isMadeUpId(name, place)),
    );
    return Object.fromEntries(
      shown.map(([name, member]) => [name, this.#make(member, { ...place, name, depth: place.depth + 1 })]),
    );
  }

  // What an answer shows is what the body of the same noun showed: `WorkspaceIntegrationResponse` after
  // `CreateWorkspaceIntegrationDto`. What that body leaves out is null in the answer.
  #sibling({ owner, name }: Place): SchemaNode | undefined {
    return this.#schemas[`Create${owner?.replace(/(Response|Dto)$/, '')}Dto`]?.properties?.[name];
  }

  #siblingExample(place: Place): Json | undefined {
    const sibling = this.#sibling(place);
    return sibling && toldExample(sibling);
  }
}

interface Place {
  /** Name of the member. */
  name: string;
  /** Component that the member belongs to. */
  owner: string | null;
  direction: Direction;
  depth: number;
}

function toldExample(schema: SchemaNode): Json | undefined {
  return schema.example ?? schema.examples?.[0] ?? schema.const ?? schema.default ?? schema.enum?.[0];
}

// Whoever sends an example as it is has no row of that id, and what may be left out works without one.
function isMadeUpId(name: string, { direction }: Place): boolean {
  return direction === 'request' && isIdName(name);
}

function isNullable(schema: SchemaNode): boolean {
  return Array.isArray(schema.type) && schema.type.includes('null');
}
