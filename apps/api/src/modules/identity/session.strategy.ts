import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import passport from 'passport';
import { Strategy } from 'passport-jwt';
import { presentedCredential } from './presented-credential.js';
import {
  decryptSessionToken,
  type SessionClaims,
  type SessionTokenReading,
  SessionTokensService,
} from './session-tokens.service.js';

const name = 'session-token';

// passport-jwt verifies signed tokens (JWS) and cannot decrypt; its static `JwtVerifier` is the one place where another
// verification fits in. It is shared by the process, so it only decrypts, with the key that the strategy hands over for
// each request; claims are judged by the strategy itself.
Object.assign(Strategy, {
  JwtVerifier: (token: string, key: Buffer, _options: unknown, done: (error: unknown, payload?: unknown) => void) => {
    decryptSessionToken(token, key).then(
      (payload) => done(null, payload),
      (error: unknown) => done(error),
    );
  },
});

/** The session strategy: passport-jwt on encrypted tokens, from the bearer header or a cookie. It asks no database. */
@Injectable()
export class SessionStrategy extends PassportStrategy<typeof Strategy, SessionClaims, unknown>(Strategy, name) {
  // A registry of its own: Passport's shared one would let a second application in the process take over the first.
  readonly #passport = new passport.Passport().use(name, this);

  constructor(private readonly tokens: SessionTokensService) {
    super({
      jwtFromRequest: (request: Request) => {
        const presented = presentedCredential(request);
        return presented.kind === 'session_token' ? presented.token : null;
      },
      secretOrKeyProvider: (_request, _token, done) => done(null, tokens.keyOf('access')),
    });
  }

  /** Reads the access token that a request presents. Whether its session is still alive is for the database to say. */
  read(request: Request): Promise<SessionTokenReading> {
    return new Promise((resolve, reject) => {
      const settle = (error: unknown, claims: unknown, refusal: unknown): void => {
        if (error) reject(error);
        else resolve(isClaims(claims) ? claims : refusalOf(refusal));
      };
      this.#passport.authenticate(name, { session: false }, settle)(request, request.res, reject);
    });
  }

  /** Passport's question after decryption: the claims, or false and why not. */
  validate(payload: unknown): unknown {
    const reading = this.tokens.judge('access', payload);
    return reading.ok ? reading : [false, reading];
  }

  /** Keeps the base class from registering in Passport's shared registry. */
  getPassportInstance(): { use(): void } {
    return { use: () => undefined };
  }
}

function isClaims(value: unknown): value is SessionClaims {
  return typeof value === 'object' && value !== null && 'ok' in value && value.ok === true;
}

// What cannot be decrypted is refused with the decryption's error, which says nothing that a caller should know.
function refusalOf(info: unknown): SessionTokenReading {
  const expired = typeof info === 'object' && info !== null && 'reason' in info && info.reason === 'session_expired';
  return { ok: false, reason: expired ? 'session_expired' : 'session_invalid' };
}
