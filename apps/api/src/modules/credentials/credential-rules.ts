import { unreachable } from '#kernel';
import { credentialErrors } from './credentials.errors.js';
import type { CredentialType } from './credentials.types.js';

const mostBytes = 65_536;

/**
 * Judges a value by its type.
 * @throws AppError 400: too long, no username, no PEM block, or a URL that must not be used.
 */
export function checkValue(type: CredentialType, value: string, username: string | null): void {
  if (Buffer.byteLength(value, 'utf8') > mostBytes) throw credentialErrors.valueTooLong();
  switch (type) {
    case 'USERPASS':
      requireUsername(type, username);
      break;
    case 'SSH_KEY':
      requirePem(value, /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/, 'SSH_KEY', 'a PEM private key');
      break;
    case 'CERTIFICATE':
      requirePem(value, /-----BEGIN CERTIFICATE-----/, 'CERTIFICATE', 'a PEM certificate');
      break;
    case 'ENDPOINT_URL':
      checkUrl(value, 'value');
      break;
    case 'AI_CLI_TOKEN':
    case 'API_KEY':
    case 'CLI_TOKEN':
    case 'SECRET':
    case 'OAUTH2':
    case 'GENERIC_SECRET':
      break;
    default:
      unreachable(type);
  }
}

/** @throws AppError `credential.username_required` for a USERPASS credential without one. */
export function requireUsername(type: string, username: string | null): void {
  if (type === 'USERPASS' && (username ?? '').trim() === '') throw credentialErrors.usernameRequired();
}

function requirePem(value: string, begin: RegExp, type: string, what: string): void {
  if (begin.test(value)) return;
  throw credentialErrors.invalidValue({ params: { reason: `value of ${type} credentials must be ${what}` } });
}

/**
 * Reads an http or https URL without a name or password in it.
 * @throws AppError `credential.invalid_url`, which never repeats the text.
 */
export function checkUrl(text: string, field: string): URL {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  const fault = (reason: string) => credentialErrors.invalidUrl({ params: { field, reason } });
  if (!url) throw fault('must be a valid URL');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw fault('must be an http or https URL');
  if (url.username !== '' || url.password !== '') throw fault('must not hold a user name or password');
  return url;
}

/** The part of an endpoint's URL that may be shown: no query and no fragment, where tokens stand. */
export function baseUrlOf(value: string): string {
  const url = checkUrl(value, 'value');
  return `${url.origin}${url.pathname === '/' ? '' : url.pathname}`;
}

/** Tags as they are stored: trimmed, lower case, each once. @throws AppError for a blank one. */
export function normalizedTags(tags: readonly string[]): string[] {
  const trimmed = tags.map((tag) => tag.trim().toLowerCase());
  if (trimmed.includes('')) throw credentialErrors.invalidTag();
  return [...new Set(trimmed)];
}

/** The instant that an RFC 3339 text names. @throws AppError when it names none. */
export function instantOf(text: string): Date {
  const instant = new Date(text);
  const wellFormed = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i.test(text);
  if (!wellFormed || Number.isNaN(instant.getTime())) throw credentialErrors.invalidInstant();
  return instant;
}

/** The name as it is stored, so that `{{credential:name}}` finds it. @throws AppError for a blank one. */
export function nameOf(text: string): string {
  const name = text.trim();
  if (name === '') throw credentialErrors.nameRequired();
  return name;
}

const labels = ['Standard', 'Elevated', 'High', 'Critical'] as const;

/** A security level (1 to 4) in a word. */
export function securityLevelLabel(level: number): string {
  return labels[level - 1] ?? labels[0];
}
