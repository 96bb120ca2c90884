import type { JsonValue } from '#kernel';
import { ServerConfigFaults } from './server-config.errors.js';

export { isJsonObject, type JsonObject, type JsonValue } from '#kernel';

/** Most bytes (UTF-8) of `args_json`, `env_json` and `config_json`, each. */
export const maxJsonBytes = 65_536;

/** Most levels of arrays and objects within each other. */
export const maxJsonDepth = 32;

/**
 * Parses a JSON column as a user sent it. Refuses what a later reader could take differently: keys given twice (the
 * first one would be hidden, yet stay in the text), `__proto__`, half surrogate pairs, and anything too big or too deep.
 * @throws AppError `server_config.invalid` naming `field`. It has no cause: a parser's message quotes the text.
 */
export function parseJsonColumn(text: string, field: string): JsonValue {
  const faults: ServerConfigFaults = new ServerConfigFaults();
  if (Buffer.byteLength(text, 'utf8') > maxJsonBytes) {
    faults.raise(field, 'too_long', `${field} is longer than ${maxJsonBytes} bytes; shorten it`);
  }
  const value = parseOrUndefined(text);
  if (value === undefined) faults.raise(field, 'invalid_json', `${field} is not valid JSON`);
  const survey = surveyOf(value);
  if (survey.tooDeep) {
    faults.raise(field, 'too_deep', `${field} nests deeper than ${maxJsonDepth} levels; flatten it`);
  }
  if (survey.unsafeKey) faults.raise(field, 'key_not_allowed', `${field} has a key "__proto__"; rename it`);
  if (survey.illFormed) faults.raise(field, 'not_unicode', `${field} holds half of a Unicode surrogate pair`);
  if (membersOf(text) !== survey.members) {
    faults.raise(field, 'duplicate_key', `${field} has the same key twice in one object; keep one of them`);
  }
  return value;
}

/** Notes a fault when placeholders made a column longer than what may be read again. Returns the text. */
export function checkStoredLength(text: string, field: string, faults: ServerConfigFaults): string {
  if (Buffer.byteLength(text, 'utf8') > maxJsonBytes) {
    const sentence = `${field} has too many secrets: sealed, it is longer than ${maxJsonBytes} bytes; use credentials`;
    faults.add(field, 'too_long', sentence);
  }
  return text;
}

function parseOrUndefined(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

interface Survey {
  members: number;
  tooDeep: boolean;
  unsafeKey: boolean;
  illFormed: boolean;
}

function surveyOf(root: JsonValue): Survey {
  const survey: Survey = { members: 0, tooDeep: false, unsafeKey: false, illFormed: false };
  const visit = (value: JsonValue, depth: number): void => {
    if (typeof value === 'string') survey.illFormed ||= hasLoneSurrogate(value);
    if (typeof value !== 'object' || value === null || survey.tooDeep) return;
    survey.tooDeep = depth > maxJsonDepth;
    if (Array.isArray(value)) {
      for (const item of value) visit(item, depth + 1);
      return;
    }
    for (const [key, item] of Object.entries(value)) {
      survey.members += 1;
      survey.unsafeKey ||= key === '__proto__';
      survey.illFormed ||= hasLoneSurrogate(key);
      visit(item, depth + 1);
    }
  };
  visit(root, 1);
  return survey;
}

function hasLoneSurrogate(text: string): boolean {
  return /\p{Cs}/u.test(text);
}

// Outside strings, valid JSON has exactly one colon for each member of an object, duplicates included.
function membersOf(validJson: string): number {
  const structure = validJson.replace(/"(?:[^"\\]+|\\.)*"/gs, '');
  return structure.split(':').length - 1;
}
