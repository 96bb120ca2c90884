import { listReferences } from './credential-references.js';
import type { JsonValue } from './json-column.js';

/** A copy of a JSON value with every string, at any depth, replaced by `change(string)`. Keys stay. */
export function mapJsonStrings(value: JsonValue, change: (text: string) => string): JsonValue {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapJsonStrings(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapJsonStrings(item, change)]));
}

/** Names of the credentials that the strings of a JSON value refer to, without repetitions, in order of appearance. */
export function credentialNamesIn(value: JsonValue): string[] {
  const names = new Set<string>();
  mapJsonStrings(value, (text) => {
    for (const { name } of listReferences(text)) names.add(name);
    return text;
  });
  return [...names];
}
