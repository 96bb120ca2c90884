import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { CredentialUsageService } from '../../../apps/api/src/modules/identity/credential-usage.service.js';

const path = '/api/v1/auth/cli-token';

describe('CLI tokens', () => {
  let test: TestApp;
  let owner: SeededMember;

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace();
  });
  afterAll(() => test.close());

  const scoped = async (scopes: string[], expiresAt: Date | null = null) => ({
    token: await test.seed.cliToken(owner.userId, { scopes, expiresAt }),
  });
  const tokensOf = (userId: string) => test.prisma.client.cliToken.count({ where: { userId } });

  it('are made without a body, work at once, and are stored as a hash only', async () => {
    const response = await test.call(path, { method: 'POST', token: owner.token });
    const made = (await response.json()) as { token: string; id: string };
    expect(response.status).toBe(200);
    expect(made).toMatchObject({ name: 'CLI token', tier: 'STANDARD' });
    expect(made).not.toHaveProperty('scopes');
    expect(made.token).toMatch(/^crewship_cli_[0-9a-f]{64}$/);
    const row = await test.prisma.client.cliToken.findUniqueOrThrow({ where: { id: made.id } });
    expect(JSON.stringify(row)).not.toContain(made.token);
    const { data } = await test.as(made).GET('/api/v1/auth/cli-token/validate');
    expect(data).toEqual({ valid: true, user_id: owner.userId, user_email: owner.email });
  });

  it('work for users without a name', async () => {
    const nameless = await test.seed.user({ fullName: null });
    const { response } = await test.as(nameless).GET('/api/v1/auth/cli-token/validate');
    expect(response.status).toBe(200);
  });

  it('end when they were told to', async () => {
    const { data } = await test.as(owner).POST(path, { body: { name: 'short', expires_in_seconds: 60 } });
    expect(data?.expires_at).toBe(new Date(test.clock.now().getTime() + 60_000).toISOString());
    test.clock.advanceMs(60_000);
    const { response } = await test.as({ token: data?.token ?? '' }).GET('/api/v1/auth/cli-token/validate');
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer error="session_invalid"',
    ]);
  });

  it.each([
    ['no JSON', '{'],
    ['an array', '[]'],
    ['scopes that are a string', '{"scopes":"crews:write"}'],
    ['scopes that are an object', '{"scopes":{"0":"crews:write"}}'],
    ['scopes of numbers', '{"scopes":[1]}'],
    ['scopes that are null', '{"scopes":null}'],
    ['an unknown scope', '{"scopes":["crews:fly"]}'],
    ['a name that is a number', '{"name":1}'],
    ['an unknown tier', '{"tier":"GOLD"}'],
    ['a lifetime in words', '{"expires_in_seconds":"3600"}'],
    ['a lifetime of nothing', '{"expires_in_seconds":0}'],
  ])('are refused with 400 for %s: a slip never yields a token', async (_case, body) => {
    const before = await tokensOf(owner.userId);
    const response = await test.call(path, { method: 'POST', token: owner.token, body });
    expect(response.status).toBe(400);
    expect(await tokensOf(owner.userId)).toBe(before);
  });

  it('name the scope that does not exist', async () => {
    const { error } = await test.as(owner).POST(path, { body: { scopes: ['crews:write', 'crews:fly'] } });
    expect(error?.detail).toBe('unknown scope: crews:fly');
  });

  it('get no scopes beyond the highest role of their user', async () => {
    const manager = await test.seed.member(owner.workspaceId, 'MANAGER');
    const stranger = await test.seed.user();
    const asked = (who: { token: string }, scopes: string[]) => test.as(who).POST(path, { body: { scopes } });
    expect((await asked(manager, ['crews:write'])).data?.scopes).toEqual(['crews:write']);
    const tooMuch = await asked(manager, ['crews:write', 'workspace:admin']);
    expect(tooMuch.error?.detail).toBe('scope workspace:admin exceeds your workspace role');
    expect((await asked(stranger, ['crews:write'])).response.status).toBe(403);
  });

  it('with scopes hand their limits down and can never widen them', async () => {
    const end = new Date(test.clock.now().getTime() + 3_600_000);
    const narrow = await scoped(['crews:*'], end);
    const inherited = await test.as(narrow).POST(path, { body: {} });
    expect(inherited.data).toMatchObject({ scopes: ['crews:*'], expires_at: end.toISOString() });
    const statuses = await Promise.all(
      [
        { scopes: [] },
        { scopes: ['*'] },
        { scopes: ['crews:write', 'agents:write'] },
        { expires_in_seconds: 3_601 },
        { tier: 'ADMIN', scopes: ['workspace:admin'] },
      ].map(async (body) => (await test.as(narrow).POST(path, { body })).response.status),
    );
    expect(statuses).toEqual([403, 403, 403, 403, 403]);
  });

  it('with an end, though without scopes, make no token without one', async () => {
    const end = new Date(test.clock.now().getTime() + 60_000);
    const { data } = await test.as(await scoped([], end)).POST(path, { body: {} });
    expect(data?.expires_at).toBe(end.toISOString());
  });

  it('of the ADMIN tier are for owners, and 503 where the instance is not set up for them', async () => {
    const admin = await test.seed.member(owner.workspaceId, 'ADMIN');
    const statusOf = async (who: { token: string }) =>
      (await test.as(who).POST(path, { body: { tier: 'admin' } })).response.status;
    expect([await statusOf(admin), await statusOf(owner)]).toEqual([403, 503]);
  });

  it('are listed newest first in pages, revoked ones included, and only to their user', async () => {
    const user = await test.seed.user();
    const other = await test.seed.user();
    for (const name of ['second', 'third']) {
      test.clock.advanceMs(1_000);
      await test.as(user).POST(path, { body: { name } });
    }
    const { data, response } = await test.as(user).GET('/api/v1/auth/cli-tokens', { params: { query: { limit: 2 } } });
    expect(data?.data.map(({ name }) => name)).toEqual(['third', 'second']);
    expect(response.headers.get('x-total-count')).toBe('3');
    expect(JSON.stringify(data)).not.toContain('crewship_cli_');
    const foreign = await test.as(other).GET('/api/v1/auth/cli-tokens');
    expect(foreign.data?.data).toHaveLength(1);
  });

  it('are refused from the moment of their revocation, which may be repeated', async () => {
    const { data } = await test.as(owner).POST(path, { body: { name: 'doomed' } });
    const { id: tokenId = '', token = '' } = data ?? {};
    const revoke = () => test.as(owner).DELETE('/api/v1/auth/cli-tokens/{tokenId}', { params: { path: { tokenId } } });
    const answers = await Promise.all([revoke(), revoke()]);
    expect(answers.map((answer) => answer.data)).toEqual([{ status: 'revoked' }, { status: 'revoked' }]);
    const { response } = await test.as({ token }).GET('/api/v1/auth/cli-token/validate');
    expect(response.status).toBe(401);
    const audit = await test.prisma.client.auditLog.findMany({ where: { entityId: tokenId }, orderBy: { id: 'asc' } });
    expect(audit.map(({ action }) => action).sort()).toEqual(['cli_token.create', 'cli_token.revoke']);
  });

  it("answers another user's token exactly as none at all", async () => {
    const other = await test.seed.user();
    const { data } = await test.as(other).POST(path, { body: {} });
    const answers = await Promise.all(
      [data?.id ?? '', 'cmissing00000000000000000'].map(async (tokenId) => {
        const { response, error } = await test
          .as(owner)
          .DELETE('/api/v1/auth/cli-tokens/{tokenId}', { params: { path: { tokenId } } });
        return [response.status, error?.detail];
      }),
    );
    expect(answers).toEqual([
      [404, 'Token not found'],
      [404, 'Token not found'],
    ]);
    expect((await test.as({ token: data?.token ?? '' }).GET('/api/v1/auth/cli-token/validate')).response.status).toBe(
      200,
    );
  });

  it('with scopes revoke themselves and nothing else', async () => {
    const { data: victim } = await test.as(owner).POST(path, { body: {} });
    const { data: narrow } = await test.as(owner).POST(path, { body: { scopes: ['crews:write'] } });
    const revoke = async (tokenId: string) =>
      (
        await test
          .as({ token: narrow?.token ?? '' })
          .DELETE('/api/v1/auth/cli-tokens/{tokenId}', { params: { path: { tokenId } } })
      ).response.status;
    expect(await revoke(victim?.id ?? '')).toBe(403);
    expect(await revoke('cmissing00000000000000000')).toBe(403);
    expect(await revoke(narrow?.id ?? '')).toBe(200);
  });

  it('note their last use at most once a minute', async () => {
    const user = await test.seed.user();
    const validate = () => test.as(user).GET('/api/v1/auth/cli-token/validate');
    const usage = test.app.get(CredentialUsageService, { strict: false });
    const lastUse = async () => {
      await usage.flush();
      return (await test.prisma.client.cliToken.findFirstOrThrow({ where: { userId: user.userId } })).lastUsedAt;
    };
    await validate();
    const first = test.clock.now();
    expect(await lastUse()).toEqual(first);
    test.clock.advanceMs(59_000);
    await validate();
    expect(await lastUse()).toEqual(first);
    test.clock.advanceMs(1_000);
    await validate();
    expect(await lastUse()).toEqual(test.clock.now());
  });

  it('are asked for before anything else', async () => {
    const response = await test.call(path, { method: 'POST', body: '{' });
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="no_credentials"']);
  });
});
