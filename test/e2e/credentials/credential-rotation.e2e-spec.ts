import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '#kernel';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { Vault } from '#vault';
import { PreviousValueSweepService } from '../../../apps/api/src/modules/credential-rotation/previous-value-sweep.service.js';
import { UpstreamRevocationService } from '../../../apps/api/src/modules/credential-rotation/upstream-revocation.service.js';

const one = '/api/v1/credentials/{credentialId}';

describe('rotating and revoking credentials', () => {
  let test: TestApp;
  let owner: SeededMember;
  let upstream: UpstreamRevocationService;

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace();
    upstream = test.app.get(UpstreamRevocationService, { strict: false });
  });
  afterAll(() => test.close());

  const create = async (body: Record<string, unknown>) => {
    const path = `/api/v1/credentials?workspace_id=${owner.workspaceId}`;
    const response = await test.call(path, { method: 'POST', token: owner.token, json: body });
    const { id } = (await response.json()) as { id: string };
    return id;
  };
  const at = (credentialId: string) => ({ params: { path: { credentialId } } });
  const rotate = (id: string, body: { value: string; grace_seconds?: number; username?: string }, caller = owner) =>
    test.as(caller).POST('/api/v1/credentials/{credentialId}/rotate', { ...at(id), body });
  const rollback = (id: string, caller = owner) =>
    test.as(caller).POST('/api/v1/credentials/{credentialId}/rotate/rollback', at(id));
  const revoke = (id: string, caller = owner) =>
    test.as(caller).POST('/api/v1/credentials/{credentialId}/revoke', at(id));
  const stored = (id: string) => test.prisma.client.credential.findUniqueOrThrow({ where: { id } });
  const place = (column: string, rowId: string) => ({
    workspaceId: owner.workspaceId,
    table: 'credentials',
    column,
    rowId,
  });
  const plainOf = async (id: string) => {
    const { sealedValue } = await stored(id);
    if (sealedValue === null) return null;
    const vault = test.app.get(Vault, { strict: false });
    return (await vault.open(sealedValue, place('sealed_value', id))).reveal();
  };
  const eventsOf = async (id: string) => {
    const events = await test.prisma.client.credentialEvent.findMany({ where: { credentialId: id } });
    return events.map((event) => event.eventType).sort();
  };

  it('delivers the new value, keeps the old one for the grace, and goes back within it', async () => {
    const id = await create({ name: 'graced', type: 'USERPASS', username: 'old-user', value: 'old' });
    const rotated = await rotate(id, { value: 'new', grace_seconds: 60, username: 'new-user' });
    const until = new Date(test.clock.now().getTime() + 60_000).toISOString();
    expect([rotated.response.status, rotated.data?.previous_value_until]).toEqual([200, until]);
    expect([await plainOf(id), rotated.data?.username]).toEqual(['new', 'new-user']);
    const back = await rollback(id);
    expect([await plainOf(id), back.data?.username, back.data?.previous_value_until]).toEqual([
      'old',
      'old-user',
      null,
    ]);
    const again = await rollback(id);
    expect([again.response.status, again.error?.code]).toEqual([409, 'credential_rotation.nothing_to_roll_back']);
    expect(await eventsOf(id)).toEqual(['CREATED', 'ROLLBACK', 'ROTATE']);
    expect((await stored(id)).tokenVersion).toBe(2);
  });

  it('keeps nothing without a grace, as with PATCH, and clears what was kept before', async () => {
    const id = await create({ name: 'plain', value: 'one' });
    expect((await rotate(id, { value: 'two' })).data?.previous_value_until).toBeNull();
    await rotate(id, { value: 'three', grace_seconds: 600 });
    expect((await stored(id)).sealedPreviousValue).not.toBeNull();
    await test.as(owner).PATCH(one, { ...at(id), body: { value: 'four' } });
    expect(await stored(id)).toMatchObject({ sealedPreviousValue: null, previousValueUntil: null, tokenVersion: 3 });
    expect((await rollback(id)).response.status).toBe(409);
  });

  it('refuses a rollback from the end of the grace on, and the sweep erases the value', async () => {
    const id = await create({ name: 'late', value: 'one' });
    const kept = await create({ name: 'kept', value: 'one' });
    await rotate(id, { value: 'two', grace_seconds: 10 });
    await rotate(kept, { value: 'two', grace_seconds: 1_000 });
    test.clock.advanceMs(10_000);
    expect((await rollback(id)).response.status).toBe(409);
    const sweep = test.app.get(PreviousValueSweepService, { strict: false });
    await sweep.runOnce();
    expect(await stored(id)).toMatchObject({ sealedPreviousValue: null, previousValueUntil: null });
    expect((await stored(kept)).sealedPreviousValue).not.toBeNull();
    expect(await plainOf(id)).toBe('two');
  });

  it('forgets when the old value would have ended, and remembers it for the rollback', async () => {
    const token_expires_at = '2030-01-01T00:00:00.000Z';
    const id = await create({ name: 'ending', value: 'one', token_expires_at });
    expect((await rotate(id, { value: 'two', grace_seconds: 60 })).data?.token_expires_at).toBeNull();
    expect((await rollback(id)).data?.token_expires_at).toBe(token_expires_at);
  });

  it('lets rotations at once follow one another, with one current and one earlier value at the end', async () => {
    const id = await create({ name: 'raced', value: '0' });
    const values = ['1', '2', '3', '4', '5'];
    const statuses = await Promise.all(
      values.map(async (value) => (await rotate(id, { value, grace_seconds: 60 })).response.status),
    );
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    const last = await plainOf(id);
    await rollback(id);
    const before = await plainOf(id);
    expect(values).toContain(last);
    expect(values).toContain(before);
    expect(before).not.toBe(last);
    expect((await stored(id)).tokenVersion).toBe(6);
  });

  it.each([
    [{ value: '' }, 'value is required'],
    [{ value: 'x', grace_seconds: 604_801 }, 'grace_seconds must be a whole number from 0 to 604800'],
    [{ value: 'x'.repeat(65_537) }, 'value is too long (max 65536 bytes)'],
  ])('refuses a bad body and changes nothing', async (json, detail) => {
    const id = await create({ name: `bad ${detail.slice(0, 20)}`, value: 'one' });
    const path = `/api/v1/credentials/${id}/rotate?workspace_id=${owner.workspaceId}`;
    const response = await test.call(path, { method: 'POST', token: owner.token, json });
    expect([response.status, ((await response.json()) as { detail: string }).detail]).toEqual([400, detail]);
    expect(await plainOf(id)).toBe('one');
  });

  it('judges the new value by the type, as a first one', async () => {
    const id = await create({ name: 'address', type: 'ENDPOINT_URL', value: 'https://one.example.com/v1' });
    expect((await rotate(id, { value: 'ftp://x' })).response.status).toBe(400);
    const rotated = await rotate(id, { value: 'https://two.example.com/v2?key=canary', grace_seconds: 9 });
    expect(rotated.data?.endpoint_url).toBe('https://two.example.com/v2');
    expect((await rollback(id)).data?.endpoint_url).toBe('https://one.example.com/v1');
  });

  it('erases everything secret when it is revoked, once and for all', async () => {
    const id = await create({ name: 'ended', value: 'one' });
    await rotate(id, { value: 'two', grace_seconds: 600 });
    const first = await revoke(id);
    expect(first.data).toEqual({ id, status: 'REVOKED', upstream: 'not_supported', upstream_error: null });
    const row = await stored(id);
    expect(row).toMatchObject({
      status: 'REVOKED',
      sealedValue: null,
      sealedPreviousValue: null,
      previousValueUntil: null,
      sealedRefreshToken: null,
    });
    expect((await revoke(id)).data?.status).toBe('REVOKED');
    expect([(await stored(id)).tokenVersion, await eventsOf(id)]).toEqual([
      row.tokenVersion,
      ['CREATED', 'REVOKE', 'ROTATE'],
    ]);
    expect(await test.prisma.client.auditLog.count({ where: { entityId: id, action: 'credential.revoke' } })).toBe(1);
    expect((await rollback(id)).response.status).toBe(409);
  });

  describe('of OAUTH2 credentials', () => {
    const connected = async (name: string) => {
      const id = await create({
        name,
        type: 'OAUTH2',
        oauth_client_id: 'c',
        oauth_client_secret: 's',
        value: 'access',
      });
      const vault = test.app.get(Vault, { strict: false });
      const sealedRefreshToken = await vault.seal(new Secret('refresh'), place('sealed_refresh_token', id));
      await test.prisma.client.credential.update({
        where: { id },
        data: { sealedRefreshToken, oauthTokenUrl: 'https://oauth2.googleapis.com/token' },
      });
      return id;
    };
    const withUpstream = async <T>(revoking: UpstreamRevocationService['revoke'], work: () => Promise<T>) => {
      const { revoke: real } = upstream;
      upstream.revoke = revoking;
      try {
        return await work();
      } finally {
        upstream.revoke = real;
      }
    };

    it('revokes the tokens where they were issued before it erases them', async () => {
      const id = await connected('google');
      const told: unknown[] = [];
      const { data } = await withUpstream(
        async (_row, { client, accessToken, refreshToken }) => {
          told.push([client.clientId, client.clientSecret?.reveal(), accessToken?.reveal(), refreshToken?.reveal()]);
          told.push((await stored(id)).sealedValue !== null);
          return { upstream: 'revoked', error: null };
        },
        () => revoke(id),
      );
      expect([data?.upstream, told]).toEqual(['revoked', [['c', 's', 'access', 'refresh'], true]]);
      expect(await stored(id)).toMatchObject({ status: 'REVOKED', sealedValue: null, sealedRefreshToken: null });
    });

    it('is not stopped by a server that fails, and says so', async () => {
      const id = await connected('failing');
      const { data } = await withUpstream(
        async () => ({ upstream: 'failed', error: 'The server is away' }),
        () => revoke(id),
      );
      expect(data).toEqual({ id, status: 'REVOKED', upstream: 'failed', upstream_error: 'The server is away' });
      expect((await stored(id)).sealedRefreshToken).toBeNull();
    });

    it('revokes tokens as well that a refresh stored in between', async () => {
      const id = await connected('refreshed');
      let asked = 0;
      await withUpstream(
        async () => {
          asked += 1;
          if (asked === 1) {
            await test.prisma.client.credential.update({ where: { id }, data: { tokenVersion: { increment: 1 } } });
          }
          return { upstream: 'revoked', error: null };
        },
        () => revoke(id),
      );
      expect([asked, (await stored(id)).status]).toEqual([2, 'REVOKED']);
    });

    it('erases tokens that cannot be read any more', async () => {
      const id = await connected('broken');
      await test.prisma.client.credential.update({ where: { id }, data: { sealedValue: 'v1.gone.x.y' } });
      const { data } = await revoke(id);
      expect([data?.upstream, (await stored(id)).sealedValue]).toEqual(['failed', null]);
    });
  });

  it('needs MANAGER to rotate, ADMIN to revoke, and shows nothing of other workspaces', async () => {
    const id = await create({ name: 'guarded', value: 'one' });
    const member = await test.seed.member(owner.workspaceId, 'MEMBER');
    const manager = await test.seed.member(owner.workspaceId, 'MANAGER');
    const admin = await test.seed.member(owner.workspaceId, 'ADMIN');
    const stranger = await test.seed.workspace();
    const statuses = await Promise.all([
      rotate(id, { value: 'x' }, member),
      revoke(id, manager),
      rotate(id, { value: 'x' }, stranger),
      rollback(id, stranger),
      revoke(id, stranger),
    ]);
    expect(statuses.map(({ response }) => response.status)).toEqual([403, 403, 404, 404, 404]);
    expect(await plainOf(id)).toBe('one');
    expect((await rotate(id, { value: 'two' }, manager)).response.status).toBe(200);
    expect((await revoke(id, admin)).response.status).toBe(200);
  });
});
