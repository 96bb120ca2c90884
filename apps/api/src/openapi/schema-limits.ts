import { maxBodyBytes } from '#http';
import { type DocumentNode, type SchemaNode, typesOf } from './document-nodes.js';
import { walkSchemas } from './walk-schemas.js';

// PostgreSQL keeps no NUL in a text and the field decorators refuse it, so this holds for every text.
const textPattern = '^[^\\u0000]*$';
// Row ids have 25 characters, ids of sessions and of rows that follow from others more; "" stands for no row.
const idPattern = '^[A-Za-z0-9_.:-]*$';

// Ids that callers bring from elsewhere, in whatever form they have there.
const foreignIds: readonly string[] = ['task_id', 'workflow_id'];

/** Most characters of an id. */
export const maxIdLength = 128;
const maxInstantLength = 35;

// What came in through a body cannot be longer than the body was, and upstream answers are cut at the same size.
const maxTextLength = maxBodyBytes;

// Lists that are not paged grow with the rows of one workspace; this is far above what one answer could carry.
const maxListLength = 100_000;

// Limits that the code keeps, but no body has a member of that name.
const knownLengths: Readonly<Record<string, number>> = {
  user_agent: 250,
  ip: 64,
  ip_address: 64,
  email: 320,
  code: 100,
  // Tokens are minted here; what a body calls a token may be something shorter.
  token: 8_192,
  cli_token: 8_192,
};

const integerRanges: Readonly<Record<string, { minimum: number; maximum: number }>> = {
  int32: { minimum: -2_147_483_648, maximum: 2_147_483_647 },
  int64: { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
};

/**
 * States the limits of every string, list and integer that states none itself: by its format, by its name, by the limit
 * of the body member of the same name, else by the largest body. A limit that a DTO states is never changed.
 */
export function limitSchemas(document: DocumentNode): void {
  const inputLengths = inputLengthsOf(document);
  walkSchemas(document, (schema, name) => {
    const types = typesOf(schema);
    if (types.includes('string')) limitString(schema, name, inputLengths);
    if (types.includes('array')) schema.maxItems ??= maxListLength;
    if (types.includes('integer')) limitInteger(schema);
  });
}

// The longest value that any body accepts for a member of this name: what is answered was accepted once.
function inputLengthsOf(document: DocumentNode): ReadonlyMap<string, number> {
  const lengths = new Map<string, number>();
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    if (!name.endsWith('Dto')) continue;
    for (const [property, { maxLength }] of Object.entries(schema.properties ?? {})) {
      if (maxLength !== undefined) lengths.set(property, Math.max(maxLength, lengths.get(property) ?? 0));
    }
  }
  return lengths;
}

function limitString(schema: SchemaNode, name: string, inputLengths: ReadonlyMap<string, number>): void {
  if (schema.enum || schema.const !== undefined) return;
  if (schema.format === undefined && name.endsWith('_at')) schema.format = 'date-time';
  if (schema.format === 'date-time') {
    schema.maxLength ??= maxInstantLength;
    return;
  }
  const isId = /^id$|_id$|Id$/.test(name) && !foreignIds.includes(name);
  if (isId && schema.format === undefined) schema.pattern ??= idPattern;
  schema.maxLength ??= isId ? maxIdLength : lengthOf(name, inputLengths);
  if (schema.format === undefined) schema.pattern ??= textPattern;
}

function lengthOf(name: string, inputLengths: ReadonlyMap<string, number>): number {
  // Merging levels and masking literals can make a JSON text longer than each of its sources.
  if (name.endsWith('_json')) return maxTextLength;
  // `crew_slug` is the slug of a crew, `user_email` the email of a user.
  const noun = /_(slug|name|email)$/.exec(name)?.[1] ?? name;
  return knownLengths[name] ?? inputLengths.get(name) ?? knownLengths[noun] ?? inputLengths.get(noun) ?? maxTextLength;
}

function limitInteger(schema: SchemaNode): void {
  schema.format ??= 'int64';
  const range = integerRanges[schema.format] ?? integerRanges.int64;
  if (schema.exclusiveMinimum === undefined && range) schema.minimum ??= range.minimum;
  if (schema.exclusiveMaximum === undefined && range) schema.maximum ??= range.maximum;
}
