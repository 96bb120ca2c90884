import { httpErrors } from './http.errors.js';

const strictBodies = new WeakSet<object>();

/** Marks a raw body as one whose unknown members are to be refused (`Prefer: handling=strict`, RFC 7240). */
export function markStrict(raw: object): void {
  strictBodies.add(raw);
}

/** Whether unknown members of this raw body are to be refused. */
export function isStrict(raw: unknown): boolean {
  return typeof raw === 'object' && raw !== null && strictBodies.has(raw);
}

/**
 * Parses the raw body of a request as a JSON object. `null` counts as `{}`.
 * @throws AppError `http.invalid_json` for anything else that is not an object.
 */
export function parseJsonObject(raw: unknown): Record<string, unknown> {
  const value = parseJson(raw);
  if (value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw httpErrors.invalidJson();
  return value as Record<string, unknown>;
}

function parseJson(raw: unknown): unknown {
  if (!Buffer.isBuffer(raw) || raw.length === 0) throw httpErrors.invalidJson();
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch (cause) {
    throw httpErrors.invalidJson({ cause });
  }
}
