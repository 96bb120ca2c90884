import { Controller, Get, Header, Post, Res } from '@nestjs/common';
import { ApiConsumes, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Caller, Public } from '#access';
import { Audited } from '#audit-log';
import { Endpoint } from '#http';
import type { CallerScope } from '#kernel';
import { goToSignIn, providers, showError } from './auth-pages.js';
import { BrowserSessionsService } from './browser-sessions.service.js';
import { CredentialsCallbackService } from './credentials-callback.service.js';
import { AuthErrorResponse } from './dto/auth-error.response.js';
import { AuthSessionResponse } from './dto/auth-session.response.js';
import { CsrfResponse } from './dto/csrf.response.js';
import { LoginDto } from './dto/login.dto.js';
import { LoginResponse } from './dto/login.response.js';
import { AuthProvidersResponse } from './dto/providers.response.js';
import { RefreshedResponse } from './dto/refreshed.response.js';
import { SignedOutResponse } from './dto/signed-out.response.js';

const cookies = { 'Set-Cookie': 'The session’s cookies.' };
const callbackUrl = {
  name: 'callbackUrl',
  required: false,
  description: 'Path of this origin to go to after signing in; anything else counts as `/`.',
  schema: { type: 'string', maxLength: 2048 },
} as const;

/** Signing in with a browser, by the paths that Auth.js (NextAuth) clients call. */
@ApiTags('Authentication')
@Controller('api/auth')
export class AuthController {
  constructor(
    private readonly callbacks: CredentialsCallbackService,
    private readonly sessions: BrowserSessionsService,
  ) {}

  @Get('csrf')
  @Public('Needed before signing in')
  @Header('Cache-Control', 'no-store')
  @Endpoint({
    id: 'getCsrfToken',
    summary: 'Get a CSRF token',
    description: 'A new one with each call, in the body and as a cookie. Signing in needs both.',
    type: CsrfResponse,
    headers: cookies,
  })
  csrf(@Res({ passthrough: true }) response: Response): CsrfResponse {
    return this.callbacks.csrf(response);
  }

  @Get('providers')
  @Public('Needed before signing in')
  @Endpoint({ id: 'listAuthProviders', summary: 'List the ways to sign in', type: AuthProvidersResponse })
  providers(): AuthProvidersResponse {
    return providers;
  }

  @Get('session')
  @Public('Tells whether the browser is signed in')
  @Header('Cache-Control', 'no-store')
  @Endpoint({
    id: 'getAuthSession',
    summary: 'Get the session of this browser',
    description: 'Reads the cookie only. `{}` when nobody is signed in.',
    type: AuthSessionResponse,
  })
  session(@Res({ passthrough: true }) response: Response): Promise<AuthSessionResponse> {
    return this.sessions.current(response);
  }

  @Post('callback/credentials')
  @Public('This is how one signs in')
  @Header('Cache-Control', 'no-store')
  @Audited('login.succeed', 'login.fail', 'login.lock')
  @ApiConsumes('application/json', 'application/x-www-form-urlencoded')
  @ApiQuery(callbackUrl)
  @ApiResponse({ status: 302, description: 'A form was sent: on to `callbackUrl`, or back to `/login?error=…`.' })
  @Endpoint({
    id: 'signIn',
    summary: 'Sign in with address and password',
    description:
      'JSON, or a form with `json=true` or `redirect=false`, is answered with JSON: `ok` says whether it worked. ' +
      'An unknown address, a wrong password and a locked account are told alike. Ten failures in a row (configurable) lock for five minutes. ' +
      'A session lasts 30 days from its last refresh; its access token lasts 15 minutes. The body may have 16 KiB.',
    type: LoginResponse,
    body: LoginDto,
    errors: [401, 403],
    headers: cookies,
  })
  signIn(@Caller() scope: CallerScope, @Res() response: Response): Promise<void> {
    return this.callbacks.answer(scope, response);
  }

  @Post('token/refresh')
  @Public('The refresh cookie is checked by the operation itself')
  @Header('Cache-Control', 'no-store')
  @Audited('session.revoke')
  @Endpoint({
    id: 'refreshSession',
    summary: 'Renew the session of this browser',
    description:
      'Takes the refresh cookie for a new pair of cookies. Each refresh token works once: using one again ends the session.',
    type: RefreshedResponse,
    errors: [401, 403],
    headers: cookies,
  })
  refresh(@Caller() scope: CallerScope, @Res({ passthrough: true }) response: Response): Promise<RefreshedResponse> {
    return this.sessions.refresh(scope, response);
  }

  @Get('signin')
  @Public('Leads to the sign-in page')
  @ApiQuery(callbackUrl)
  @Endpoint({
    id: 'goToSignIn',
    summary: 'Go to the sign-in page',
    status: 302,
    success: 'On to `/login?callbackUrl=…`.',
    headers: { Location: 'Path of the sign-in page.' },
  })
  goToSignIn(@Res() response: Response): void {
    goToSignIn(response);
  }

  @Post('signout')
  @Public('Signing out twice is no fault')
  @Audited('session.revoke')
  @Endpoint({
    id: 'signOut',
    summary: 'Sign this browser out',
    description: 'Ends the session of its cookies, if there is one, and takes the cookies back.',
    type: SignedOutResponse,
    headers: cookies,
  })
  signOut(@Caller() scope: CallerScope, @Res({ passthrough: true }) response: Response): Promise<SignedOutResponse> {
    return this.sessions.signOut(scope, response);
  }

  @Get('error')
  @Public('Tells why signing in failed')
  @ApiQuery({
    name: 'error',
    required: false,
    description: 'Code of the error.',
    schema: { type: 'string', maxLength: 64 },
  })
  @ApiResponse({ status: 200, description: 'For clients that prefer JSON.', type: AuthErrorResponse })
  @Endpoint({
    id: 'showAuthError',
    summary: 'Go to the sign-in page with an error',
    status: 302,
    success: 'On to `/login?error=…`.',
    headers: { Location: 'Path of the sign-in page.' },
  })
  showError(@Res() response: Response): void {
    showError(response);
  }
}
