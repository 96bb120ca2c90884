import type { JsonValue } from '#kernel';

export { isJsonObject, type JsonObject, type JsonValue } from '#kernel';

/** Parses text that may be no JSON; null then. For places where a fault in stored text must not end the answer. */
export function parsedOrNull(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
