import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { type CallerScope, Random, Secret, tokenHash } from '#kernel';
import { SessionCookies } from '../sessions/session-cookies.service.js';
import { authErrors } from './auth.errors.js';
import { safeCallbackUrl } from './callback-url.js';
import type { CsrfResponse } from './dto/csrf.response.js';
import type { LoginResponse } from './dto/login.response.js';
import { type LoginForm, readLoginForm } from './login-form.js';
import { LoginsService } from './logins.service.js';
import { redirect } from './redirect.js';

/** The browser's side of signing in: CSRF token, form, cookies and where to go next. */
@Injectable()
export class CredentialsCallbackService {
  constructor(
    private readonly logins: LoginsService,
    private readonly cookies: SessionCookies,
    private readonly random: Random,
  ) {}

  /** A new CSRF token, in body and cookie. */
  csrf(response: Response): CsrfResponse {
    const csrfToken = this.random.hex(32);
    this.cookies.setCsrf(response, csrfToken);
    return { csrfToken };
  }

  /** Judges a sign-in and answers it: JSON with 200 either way, or a redirect. */
  async answer(scope: CallerScope, response: Response): Promise<void> {
    const form = this.#form(response);
    const { email = '', password = '' } = form.body;
    const session = await this.logins.signIn(scope, email ?? '', new Secret(password ?? ''));
    if (session) this.cookies.set(response, session);
    if (session) succeed(response, form);
    else fail(response, form.wantsJson);
  }

  // In the order of the contract: no cookie 403, unreadable body 400, other token 403.
  #form(response: Response): LoginForm {
    const request = response.req;
    const expected = this.cookies.csrf(request);
    if (expected === null) throw authErrors.csrfMissing();
    const form = readLoginForm(request.headers['content-type'], request.body);
    if (!sameText(expected, form.body.csrfToken ?? '')) throw authErrors.csrfMismatch();
    return form;
  }
}

function succeed(response: Response, { body, wantsJson }: LoginForm): void {
  const { headers, query } = response.req;
  const isForm = !headers['content-type']?.toLowerCase().includes('json');
  const url = safeCallbackUrl((isForm ? body.callbackUrl : undefined) ?? query.callbackUrl);
  if (wantsJson) response.json({ ok: true, url, status: 200 } satisfies LoginResponse);
  else redirect(response, url);
}

function fail(response: Response, wantsJson: boolean): void {
  const error = 'CredentialsSignin';
  if (wantsJson) response.json({ error, ok: false, url: `/api/auth/error?error=${error}` } satisfies LoginResponse);
  else redirect(response, `/login?error=${error}`);
}

// Hashed first: equal lengths are needed, and the length of the expected text must not show either.
function sameText(left: string, right: string): boolean {
  return timingSafeEqual(Buffer.from(tokenHash(left)), Buffer.from(tokenHash(right)));
}
