import { isJsonObject, type JsonObject, type JsonValue } from '#kernel';

/** The object that a text holds as JSON, whatever its media type says, or null. */
export function jsonObjectIn(text: string): JsonObject | null {
  try {
    const value: JsonValue = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** The object that a form holds, the first value of each member, or null for a text that is no form of a token answer. */
export function formObjectIn(text: string): JsonObject | null {
  const form = new URLSearchParams(text.trim());
  if (!form.has('access_token') && !form.has('error')) return null;
  return Object.fromEntries([...form].reverse());
}
