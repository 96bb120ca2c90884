import { isJsonObject, type JsonObject, type JsonValue } from './json.js';

/**
 * Applies a merge patch as RFC 7396 section 2 says: objects merge member by member, `null` removes a member, and
 * anything else replaces. Neither argument is changed. Objects in the result have no prototype, so that a member
 * named `__proto__` is data like any other.
 */
export function mergePatch(target: JsonValue | undefined, patch: JsonValue): JsonValue {
  if (!isJsonObject(patch)) return patch;
  const merged: JsonObject = Object.assign(Object.create(null), isJsonObject(target) ? target : null);
  for (const [member, value] of Object.entries(patch)) {
    if (value === null) delete merged[member];
    else merged[member] = mergePatch(merged[member], value);
  }
  return merged;
}
