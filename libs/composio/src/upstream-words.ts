import type { Secret } from '#kernel';

const longest = 200;
const longestExcerpt = 2_048;

/**
 * What an error answer says, fit to be shown: the member `error`, `error.message` or `message`, else the body's beginning.
 * One line without control characters, the key replaced however it is written, at most 200 characters. Empty when nothing
 * is left.
 */
export function wordsOf(body: string, apiKey: Secret): string {
  const masked = spellings(apiKey.reveal()).reduce((text, key) => text.replaceAll(key, '***'), sentenceIn(body));
  const line = masked
    .slice(0, longestExcerpt)
    .replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  const characters = [...line];
  return characters.length > longest ? `${characters.slice(0, longest).join('')}…` : line;
}

function sentenceIn(body: string): string {
  const parsed = parse(body);
  if (typeof parsed !== 'object' || parsed === null) return body;
  const { error, message } = parsed as { error?: unknown; message?: unknown };
  const inner = typeof error === 'object' && error !== null ? (error as { message?: unknown }).message : error;
  const found = [inner, message].find((text) => typeof text === 'string' && text.trim() !== '');
  return typeof found === 'string' ? found : body;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null;
  }
}

// A key of three characters is none, and hiding it would hide half the sentence.
function spellings(key: string): string[] {
  if (key.length < 4) return [];
  return [key, encodeURIComponent(key), Buffer.from(key).toString('base64').replace(/=+$/, '')];
}
