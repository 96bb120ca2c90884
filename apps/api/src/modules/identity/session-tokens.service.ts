import { hkdfSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { compactDecrypt, EncryptJWT } from 'jose';
import { z } from 'zod';
import type { AuthenticationFailure, Ticket } from '#access';
import { AppConfig } from '#config';
import { Clock, Random } from '#kernel';

/** Kinds of session tokens; each is encrypted under a key of its own. */
export type SessionTokenKind = 'access' | 'refresh' | 'ws';

/** How long each kind is valid, in seconds. */
export const sessionTokenSeconds = { access: 15 * 60, refresh: 30 * 24 * 3600, ws: 60 } as const;

const salts: Record<SessionTokenKind, string> = {
  access: 'authjs.session-token',
  refresh: 'authjs.refresh-token',
  ws: 'authjs.ws-ticket',
};
const leewayMs = 5_000;

const claimsSchema = z.object({
  id: z.string().min(1),
  sid: z.string().min(1),
  jti: z.string().min(1),
  kind: z.enum(['access', 'refresh']),
  exp: z.number(),
});

const ticketSchema = z
  .object({
    id: z.string().min(1),
    sid: z.string().min(1).optional(),
    tid: z.string().min(1).optional(),
    kind: z.literal('ws'),
    exp: z.number(),
  })
  // One that is bound to nothing could not be taken back.
  .refine(({ sid, tid }) => (sid === undefined) !== (tid === undefined));

/** What a valid token says. */
export interface SessionClaims {
  ok: true;
  userId: string;
  sessionId: string;
  jti: string;
  expiresAt: Date;
}

/** The outcome of reading a token. */
export type SessionTokenReading = SessionClaims | { ok: false; reason: AuthenticationFailure };

/** What a token is made from. */
export interface SessionSubject {
  userId: string;
  /** Null only for a WebSocket ticket of a caller without a browser session. */
  sessionId: string | null;
  /** Id of the CLI token that asks for a WebSocket ticket. */
  tokenId?: string | null;
  name: string | null;
  email: string | null;
}

/** A token as it was made. */
export interface IssuedToken {
  token: string;
  jti: string;
  expiresAt: Date;
}

/** Session tokens as Auth.js makes them: JWE, `dir`, A256CBC-HS512, key by HKDF-SHA256 from `NEXTAUTH_SECRET`. */
@Injectable()
export class SessionTokensService {
  readonly #keys: Record<SessionTokenKind, Buffer>;

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
    { userId, sessionId, tokenId, name, email }: SessionSubject,
  ): Promise<IssuedToken> {
    const issuedAt = Math.floor(this.clock.now().getTime() / 1_000);
    const expiry = issuedAt + sessionTokenSeconds[kind];
    const jti = this.random.bytes(16).toString('base64url');
    const claims = {
      id: userId,
      kind,
      ...(sessionId !== null && { sid: sessionId }),
      ...(tokenId && { tid: tokenId }),
      ...(name !== null && { name }),
      ...(email !== null && { email }),
    };
    const token = await new EncryptJWT(claims)
      .setProtectedHeader({ alg: 'dir', enc: 'A256CBC-HS512', cty: 'JWT' })
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiry)
      .setJti(jti)
      .encrypt(this.#keys[kind]);
    return { token, jti, expiresAt: new Date(expiry * 1_000) };
  }

  /** Reads a token of the kind; one of another kind is invalid. */
  async read(kind: 'access' | 'refresh', token: string): Promise<SessionTokenReading> {
    try {
      return this.judge(kind, await decryptSessionToken(token, this.#keys[kind]));
    } catch {
      return { ok: false, reason: 'session_invalid' };
    }
  }

  /** Reads a ticket for the WebSocket; null for anything else and for one whose time has run out. */
  async readTicket(token: string): Promise<Ticket | null> {
    const payload = await decryptSessionToken(token, this.#keys.ws).catch(() => null);
    const claims = ticketSchema.safeParse(payload);
    if (!claims.success || claims.data.exp * 1_000 <= this.clock.now().getTime()) return null;
    const { id, sid, tid } = claims.data;
    return { userId: id, sessionId: sid ?? null, tokenId: tid ?? null };
  }

  /** Whether what was decrypted is a token of the kind whose time has not run out, with 5 s of leeway. */
  judge(kind: 'access' | 'refresh', payload: unknown): SessionTokenReading {
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success || claims.data.kind !== kind) return { ok: false, reason: 'session_invalid' };
    const { id, sid, jti, exp } = claims.data;
    const expiresAt = new Date(exp * 1_000);
    if (expiresAt.getTime() + leewayMs <= this.clock.now().getTime()) return { ok: false, reason: 'session_expired' };
    return { ok: true, userId: id, sessionId: sid, jti, expiresAt };
  }

  /** The 64 bytes that tokens of the kind are encrypted with. */
  keyOf(kind: SessionTokenKind): Buffer {
    return this.#keys[kind];
  }
}

/**
 * Opens a JWE and parses what it holds; claims are not judged.
 * @throws for anything that was not encrypted with the key by the one algorithm that is used.
 */
export async function decryptSessionToken(token: string, key: Uint8Array): Promise<unknown> {
  const { plaintext } = await compactDecrypt(token, key, {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256CBC-HS512'],
  });
  return JSON.parse(Buffer.from(plaintext).toString('utf8'));
}

function deriveKey(secret: string, salt: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, `Auth.js Generated Encryption Key (${salt})`, 64));
}
