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
