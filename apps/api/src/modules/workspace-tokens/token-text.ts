import { crc32 } from 'node:zlib';
import type { WorkspaceTokenKind } from './workspace-tokens.types.js';

/** How the texts of each kind begin. */
const marks: Readonly<Record<WorkspaceTokenKind, string>> = { team: 'sk_', workspace: 'cws_' };

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const secretBytes = 32;
// 62^43 is more than 2^256, 62^6 more than 2^32.
const secretLength = 43;
const checkLength = 6;
const shownLength = 8;

/** How many random bytes a token is made of. */
export const tokenBytes = secretBytes;

/**
 * The text of a token: the mark of its kind, 256 random bits and a CRC-32 of all before it, both in base 62. The checksum
 * proves nothing; it tells a mistyped key, and a find of a secret scanner, from a real one without asking anybody.
 */
export function tokenText(kind: WorkspaceTokenKind, random: Buffer): string {
  const secret = base62(BigInt(`0x${random.toString('hex')}`), secretLength);
  const body = `${marks[kind]}${secret}`;
  return `${body}${base62(BigInt(crc32(body)), checkLength)}`;
}

/** The kind of a text that has the form of a token; null for any other text. */
export function kindOfText(text: string): WorkspaceTokenKind | null {
  const kind = (Object.keys(marks) as WorkspaceTokenKind[]).find((each) => text.startsWith(marks[each]));
  if (kind === undefined || text.length !== marks[kind].length + secretLength + checkLength) return null;
  const body = text.slice(0, -checkLength);
  return text.slice(-checkLength) === base62(BigInt(crc32(body)), checkLength) ? kind : null;
}

/** Whether a bearer means to be a workspace token, well-formed or not. */
export function looksLikeWorkspaceToken(text: string): boolean {
  return text.startsWith(marks.workspace);
}

/** The part of a token that lists show. */
export function shownPrefix(text: string): string {
  return text.slice(0, shownLength);
}

function base62(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; rest > 0n; rest /= 62n) text = `${alphabet[Number(rest % 62n)] ?? ''}${text}`;
  return text.padStart(length, '0');
}
