import { createHash } from 'node:crypto';

/**
 * SHA-256 (hex) of a JSON value, the same whatever the order of its members. Null for one that is nested too deeply to be
 * written down, and for none at all.
 */
export function schemaHash(schema: unknown): string | null {
  if (schema === undefined || schema === null) return null;
  try {
    return createHash('sha256').update(JSON.stringify(schema, inOrder)).digest('hex');
  } catch {
    return null;
  }
}

function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}
