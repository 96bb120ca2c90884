import { Injectable } from '@nestjs/common';
import { parseCookie, type SerializeOptions, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';
import { AppConfig } from '#config';
import { sessionTokenSeconds } from '../identity/session-tokens.service.js';
import type { IssuedSession } from './sessions.types.js';

interface CookieKind {
  name: string;
  path: string;
  securePrefix: '__Secure-' | '__Host-';
}

const kinds = {
  access: { name: 'authjs.session-token', path: '/', securePrefix: '__Secure-' },
  refresh: { name: 'authjs.refresh-token', path: '/api/auth/', securePrefix: '__Secure-' },
  csrf: { name: 'authjs.csrf-token', path: '/', securePrefix: '__Host-' },
} as const satisfies Record<string, CookieKind>;

/**
 * The cookies of a browser session, named as Auth.js names them. Over HTTPS they are `Secure` and carry the prefixes of
 * RFC 6265bis, which keep a plain-HTTP page of the same host from planting them.
 */
@Injectable()
export class SessionCookies {
  readonly #httpsOnly: boolean;

  constructor(config: AppConfig) {
    this.#httpsOnly = config.http.publicUrl.startsWith('https:');
  }

  /** Gives the browser a session. */
  set(response: Response, { access, refresh }: IssuedSession): void {
    const secure = this.#secure(response.req);
    append(response, kinds.access, secure, access.token, { maxAge: sessionTokenSeconds.access });
    append(response, kinds.refresh, secure, refresh.token, { maxAge: sessionTokenSeconds.refresh });
  }

  /** Gives the browser a CSRF token for as long as it is open. */
  setCsrf(response: Response, token: string): void {
    append(response, kinds.csrf, this.#secure(response.req), token, {});
  }

  /** Takes both session cookies back, under every name that they may have. */
  clear(response: Response): void {
    this.clearAccess(response);
    clear(response, kinds.refresh);
  }

  /** Takes the access token back and leaves the browser its refresh token. */
  clearAccess(response: Response): void {
    clear(response, kinds.access);
  }

  /** Takes everything back. */
  clearAll(response: Response): void {
    this.clear(response);
    clear(response, kinds.csrf);
  }

  /** The access token, or null. */
  access(request: Request): string | null {
    return this.#read(request, kinds.access);
  }

  /** The refresh token, or null. */
  refresh(request: Request): string | null {
    return this.#read(request, kinds.refresh);
  }

  /** The CSRF token, or null. Over HTTPS only the `__Host-` cookie counts: others may come from a neighbouring host. */
  csrf(request: Request): string | null {
    const cookies = parseCookie(request.headers.cookie ?? '');
    const name = nameOf(kinds.csrf, this.#secure(request));
    return cookies[name] || null;
  }

  // The name that fits the connection first: after a move to HTTPS an old cookie may still lie beside it.
  #read(request: Request, kind: CookieKind): string | null {
    const cookies = parseCookie(request.headers.cookie ?? '');
    const secure = this.#secure(request);
    return cookies[nameOf(kind, secure)] || cookies[nameOf(kind, !secure)] || null;
  }

  #secure(request: Request): boolean {
    return this.#httpsOnly || request.secure;
  }
}

function nameOf(kind: CookieKind, secure: boolean): string {
  return secure ? `${kind.securePrefix}${kind.name}` : kind.name;
}

function append(
  response: Response,
  kind: CookieKind,
  secure: boolean,
  value: string,
  options: Pick<SerializeOptions, 'maxAge'>,
): void {
  const { path } = kind;
  const attributes = { path, httpOnly: true, sameSite: 'lax', secure, ...options } as const;
  response.append('Set-Cookie', stringifySetCookie(nameOf(kind, secure), value, attributes));
}

function clear(response: Response, kind: CookieKind): void {
  for (const secure of [false, true]) append(response, kind, secure, '', { maxAge: 0 });
}
