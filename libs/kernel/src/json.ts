/** Anything that `JSON.parse` may give. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** An object from `JSON.parse`. Never assign its keys to another object by name; use `Object.fromEntries`. */
export interface JsonObject {
  [key: string]: JsonValue;
}

/** Whether a parsed value is an object, not null and not an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
