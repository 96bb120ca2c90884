import { parseCookie } from 'cookie';
import type { Request } from 'express';

/** What a request presents to say who it is. */
export type PresentedCredential =
  | { kind: 'none' }
  | { kind: 'cli_token'; token: string }
  | { kind: 'session_token'; token: string };

const bearer = /^bearer /i;
const cliToken = /^crewship_(cli|admin)_/;
const sessionCookies = ['authjs.session-token', '__Secure-authjs.session-token'];

/** Reads `Authorization: Bearer …`, else the session cookie, plain name first. A bearer that is no CLI token is a session token. */
export function presentedCredential(request: Request): PresentedCredential {
  const header = request.headers.authorization;
  // The scheme is case-insensitive (RFC 9110, 11.1).
  if (header !== undefined && bearer.test(header)) {
    const token = header.replace(bearer, '').trim();
    if (token === '') return { kind: 'none' };
    return cliToken.test(token) ? { kind: 'cli_token', token } : { kind: 'session_token', token };
  }
  const cookies = request.headers.cookie === undefined ? {} : parseCookie(request.headers.cookie);
  for (const name of sessionCookies) {
    const token = cookies[name];
    if (token) return { kind: 'session_token', token };
  }
  return { kind: 'none' };
}
