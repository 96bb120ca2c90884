import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type AuthenticationFailure, unauthenticated } from '#access';
import { AppConfig } from '#config';
import type { AppError, CallerScope } from '#kernel';
import { type SessionClaims, SessionTokensService } from '../identity/session-tokens.service.js';
import { SessionCookies } from '../sessions/session-cookies.service.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { authErrors } from './auth.errors.js';
import type { AuthSessionResponse } from './dto/auth-session.response.js';
import type { RefreshedResponse } from './dto/refreshed.response.js';
import type { SignedOutResponse } from './dto/signed-out.response.js';

/** The session that a browser's cookies hold: shown, refreshed, ended. */
@Injectable()
export class BrowserSessionsService {
  readonly #ownOrigin: string;

  constructor(
    private readonly tokens: SessionTokensService,
    private readonly sessions: SessionsService,
    private readonly cookies: SessionCookies,
    config: AppConfig,
  ) {
    this.#ownOrigin = new URL(config.http.publicUrl).origin;
  }

  /** Who is signed in by cookie. Cookies that are of no use are taken back; a refresh token outlives its access token. */
  async current(response: Response): Promise<AuthSessionResponse> {
    const token = this.cookies.access(response.req);
    if (token === null) return {};
    const claims = await this.tokens.read('access', token);
    if (!claims.ok && claims.reason === 'session_expired') this.cookies.clearAccess(response);
    else if (!claims.ok) this.cookies.clear(response);
    if (!claims.ok) return {};
    const user = await this.sessions.findUser(claims.sessionId, claims.userId);
    if (!user) {
      this.cookies.clear(response);
      return {};
    }
    const { id, email, fullName, avatarUrl } = user;
    return {
      user: { id, name: fullName ?? '', email, avatar_url: avatarUrl ?? '' },
      expires: claims.expiresAt.toISOString(),
    };
  }

  /** Takes the refresh cookie for a new pair of cookies. @throws AppError 403 or 401, the latter without the cookies. */
  async refresh(scope: CallerScope, response: Response): Promise<RefreshedResponse> {
    if (!this.#isOwnPage(response.req)) throw authErrors.foreignOrigin();
    const token = this.cookies.refresh(response.req);
    if (token === null) throw this.#refused(response, 'session_expired');
    const claims = await this.tokens.read('refresh', token);
    if (!claims.ok) throw this.#refused(response, 'session_expired');
    const session = await this.sessions.rotate(scope, claims.sessionId, claims.userId, claims.jti);
    if (!session) throw this.#refused(response, 'session_revoked');
    this.cookies.set(response, session);
    return { ok: true, expires: session.access.expiresAt.toISOString() };
  }

  /** Ends the session of either cookie and takes all cookies back. */
  async signOut(scope: CallerScope, response: Response): Promise<SignedOutResponse> {
    const claims = await this.#anyClaims(response.req);
    if (claims) await this.sessions.end(scope, claims.sessionId, claims.userId, 'logout');
    this.cookies.clearAll(response);
    return { url: '/login' };
  }

  async #anyClaims(request: Request): Promise<SessionClaims | null> {
    const presented = [
      ['access', this.cookies.access(request)],
      ['refresh', this.cookies.refresh(request)],
    ] as const;
    for (const [kind, token] of presented) {
      if (token === null) continue;
      const claims = await this.tokens.read(kind, token);
      if (claims.ok) return claims;
    }
    return null;
  }

  #refused(response: Response, reason: AuthenticationFailure): AppError {
    this.cookies.clear(response);
    return unauthenticated(reason);
  }

  // Stricter than the guard for mutations: origins that may call the API may still not renew its sessions.
  #isOwnPage({ headers, protocol }: Request): boolean {
    const claimed = headers.origin ?? headers.referer;
    if (claimed === undefined) return true;
    const origin = URL.canParse(claimed) ? new URL(claimed).origin : null;
    return origin === this.#ownOrigin || origin === `${protocol}://${headers.host ?? ''}`;
  }
}
