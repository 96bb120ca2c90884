import { hkdfSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import { z } from 'zod';
import type { AuthenticationFailure } from '#access';
import { AppConfig } from '#config';
import { Clock, Random } from '#kernel';

/** Kinds of session tokens; each is encrypted under a key of its own. */
export type SessionTokenKind = 'access' | 'refresh' | 'ws';

/** How long each kind is valid, in seconds. */
export const sessionTokenSeconds = { access: 15 * 60, refresh: 30 * 24 * 3600, ws: 15 * 60 } as const;

const salts: Record<SessionTokenKind, string> = {
  access: 'authjs.session-token',
  refresh: 'authjs.refresh-token',
  ws: 'authjs.ws-ticket',
};
const leewaySeconds = 5;

const claimsSchema = z.object({
  id: z.string().min(1),
  sid: z.string().optional(),
  jti: z.string().min(1),
  kind: z.enum(['access', 'refresh', 'ws']),
  exp: z.number(),
});

/** What a valid token says. */
export interface SessionClaims {
  userId: string;
  sessionId: string;
  jti: string;
  expiresAt: Date;
}

/** The outcome of reading a token. */
export type SessionTokenReading = ({ ok: true } & SessionClaims) | { ok: false; reason: AuthenticationFailure };

/** What a token is made from. */
export interface SessionSubject {
  userId: string;
  sessionId: string;
  name: string | null;
  email: string | null;
}

/** Session tokens as Auth.js makes them: JWE, `dir`, A256CBC-HS512, key by HKDF-SHA256 from `NEXTAUTH_SECRET`. */
@Injectable()
export class SessionTokensService {
  readonly #keys: Record<SessionTokenKind, Uint8Array>;

  constructor(
    config: AppConfig,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {
    const secret = config.auth.sessionSecret.reveal();
    this.#keys = {
      access: deriveKey(secret, salts.access),
      refresh: deriveKey(secret, salts.refresh),
      ws: deriveKey(secret, salts.ws),
    };
  }

  /** Makes a token. */
  async issue(
    kind: SessionTokenKind,
    subject: SessionSubject,
  ): Promise<{ token: string; jti: string; expiresAt: Date }> {
    const issuedAt = Math.floor(this.clock.now().getTime() / 1_000);
    const expiry = issuedAt + sessionTokenSeconds[kind];
    const jti = this.random.bytes(16).toString('base64url');
    const claims = { id: subject.userId, sid: subject.sessionId, kind, name: subject.name, email: subject.email };
    const token = await new EncryptJWT(claims)
      .setProtectedHeader({ alg: 'dir', enc: 'A256CBC-HS512', cty: 'JWT' })
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiry)
      .setJti(jti)
      .encrypt(this.#keys[kind]);
    return { token, jti, expiresAt: new Date(expiry * 1_000) };
  }

  /** Reads the access token of a request. */
  readAccess(_request: Request, token: string): Promise<SessionTokenReading> {
    return this.read('access', token);
  }

  /** Reads a token of the kind; one of another kind is invalid. */
  async read(kind: SessionTokenKind, token: string): Promise<SessionTokenReading> {
    try {
      const { payload } = await jwtDecrypt(token, this.#keys[kind], {
        clockTolerance: leewaySeconds,
        currentDate: this.clock.now(),
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256CBC-HS512'],
      });
      const claims = claimsSchema.safeParse(payload);
      if (!claims.success || claims.data.kind !== kind || !claims.data.sid)
        return { ok: false, reason: 'session_invalid' };
      const { id, sid, jti, exp } = claims.data;
      return { ok: true, userId: id, sessionId: sid, jti, expiresAt: new Date(exp * 1_000) };
    } catch (error) {
      return { ok: false, reason: error instanceof errors.JWTExpired ? 'session_expired' : 'session_invalid' };
    }
  }
}

function deriveKey(secret: string, salt: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, salt, `Auth.js Generated Encryption Key (${salt})`, 64));
}
