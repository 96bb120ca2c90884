import { createHash, hkdfSync } from 'node:crypto';
import type { Request } from 'express';
import { EncryptJWT, jwtDecrypt, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '#config';
import { SystemRandom } from '#kernel';
import { TestClock } from '#testing';
import { SessionStrategy } from './session.strategy.js';
import { SessionTokensService } from './session-tokens.service.js';

const subject = { userId: 'u1', sessionId: 's_1', name: 'Ada', email: 'ada@example.com' };
const enc = 'A256CBC-HS512';

function strategyOf(secret: string) {
  const clock = new TestClock(new Date('2026-01-01T00:00:00Z'));
  const config = loadConfig({ NODE_ENV: 'test', DATA_DIR: '/tmp/crewship-strategy', NEXTAUTH_SECRET: secret });
  const tokens = new SessionTokensService(config, clock, new SystemRandom());
  const strategy = new SessionStrategy(tokens);
  const read = (token: string) => strategy.read({ headers: { authorization: `Bearer ${token}` } } as Request);
  return { clock, tokens, read };
}

// As Auth.js derives it, written out here so that a change of ours does not go unseen.
const authJsKey = (secret: string, salt: string) =>
  new Uint8Array(hkdfSync('sha256', secret, salt, `Auth.js Generated Encryption Key (${salt})`, 64));

describe('the session strategy', () => {
  const secret = createHash('sha256').update('one').digest('hex');
  const { clock, tokens, read } = strategyOf(secret);

  it('reads the tokens that it issues, which Auth.js can open', async () => {
    const { token, jti } = await tokens.issue('access', subject);
    expect(await read(token)).toMatchObject({ ok: true, userId: 'u1', sessionId: 's_1', jti });
    const { payload, protectedHeader } = await jwtDecrypt(token, authJsKey(secret, 'authjs.session-token'), {
      currentDate: clock.now(),
    });
    expect(protectedHeader).toEqual({ alg: 'dir', enc, cty: 'JWT' });
    expect(payload).toMatchObject({ id: 'u1', sid: 's_1', kind: 'access', name: 'Ada', email: 'ada@example.com', jti });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(900);
    expect(jti).toMatch(/^[\w-]{22}$/);
  });

  it('allows five seconds after the end', async () => {
    const { token, expiresAt } = await tokens.issue('access', subject);
    clock.advanceMs(expiresAt.getTime() - clock.now().getTime() + 4_999);
    expect((await read(token)).ok).toBe(true);
    clock.advanceMs(1);
    expect(await read(token)).toEqual({ ok: false, reason: 'session_expired' });
  });

  it.each(['refresh', 'ws'] as const)('refuses a %s token', async (kind) => {
    const { token } = await tokens.issue(kind, subject);
    expect(await read(token)).toEqual({ ok: false, reason: 'session_invalid' });
  });

  it('refuses garbage, signed tokens, flipped bits, other keys and claims that are missing', async () => {
    const key = authJsKey(secret, 'authjs.session-token');
    const { token } = await tokens.issue('access', subject);
    const sealed = (claims: Record<string, unknown>) =>
      new EncryptJWT(claims).setProtectedHeader({ alg: 'dir', enc }).setExpirationTime('1h').encrypt(key);
    const full = { id: 'u1', sid: 's_1', jti: 'j', kind: 'access' };
    const forged = [
      'garbage',
      'a.b.c',
      'a..c.d.e',
      `${token.slice(0, -2)}AA`,
      await new SignJWT(full).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h').sign(key),
      (await strategyOf(`${secret}x`).tokens.issue('access', subject)).token,
      ...(await Promise.all(Object.keys(full).map((name) => sealed({ ...full, [name]: undefined })))),
    ];
    for (const each of forged) expect(await read(each)).toEqual({ ok: false, reason: 'session_invalid' });
    expect((await read(await sealed(full))).ok).toBe(true);
  });

  it('keeps two applications of one process apart', async () => {
    const other = strategyOf(createHash('sha256').update('two').digest('hex'));
    const [ours, theirs] = [await tokens.issue('access', subject), await other.tokens.issue('access', subject)];
    clock.advanceMs(-2_000_000);
    expect([(await read(theirs.token)).ok, (await other.read(ours.token)).ok]).toEqual([false, false]);
    expect((await other.read(theirs.token)).ok).toBe(true);
  });
});
