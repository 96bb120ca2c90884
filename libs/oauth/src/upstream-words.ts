import type { Secret } from '#kernel';

const longest = 200;

/** An error code as the server sent it, when it is one; words of another shape are not repeated. */
export function errorCodeOf(value: unknown): string | null {
  return typeof value === 'string' && /^[A-Za-z0-9_.:-]{1,64}$/.test(value) ? value : null;
}

/**
 * A server's own words, fit to be shown: no control or direction characters, the given secrets replaced however they
 * are encoded, at most 200 characters. Null when nothing is left.
 */
export function cleanWords(value: unknown, secrets: readonly string[] = []): string | null {
  if (typeof value !== 'string') return null;
  const hidden = secrets.flatMap(spellings).reduce((text, secret) => text.replaceAll(secret, '***'), value);
  const words = hidden
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (words === '') return null;
  return words.length > longest ? `${words.slice(0, longest - 1)}…` : words;
}

/** The plain values of what must never be repeated, the longest first so that none hides a part of another. */
export function plainSecrets(...secrets: readonly (Secret | string | null)[]): string[] {
  return secrets
    .flatMap((secret) => (secret === null ? [] : [typeof secret === 'string' ? secret : secret.reveal()]))
    .filter((plain) => plain.length >= 4)
    .sort((a, b) => b.length - a.length);
}

function spellings(secret: string): string[] {
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64').replace(/=+$/, '')];
}
