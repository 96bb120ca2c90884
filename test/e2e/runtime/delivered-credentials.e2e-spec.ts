import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestApp } from '#testing';
import { CredentialUsesService } from '../../../apps/api/src/modules/runtime/credential-uses.service.js';
import { type RuntimeWorld, resolved, runtimeWorld, startRuntimeApp } from './runtime-world.fixture.js';

describe('the credentials that an agent gets for itself', () => {
  let test: TestApp;
  let world: RuntimeWorld;

  beforeAll(async () => {
    test = await startRuntimeApp();
  });
  beforeEach(async () => {
    world = await runtimeWorld(test);
  });
  afterAll(() => test.close());

  const grant = (credentialId: string, json: object) =>
    world.make('POST', `/api/v1/agents/${world.agentId}/credentials`, { credential_id: credentialId, ...json });
  const given = async () => (await resolved(test, world.agentId)).credentials;

  it('are its grants and those of its crew under their own names, highest priority first', async () => {
    const user = { type: 'USERPASS', username: 'ada' };
    const granted = await world.credential('granted', 'v1', user);
    const urgent = await world.credential('urgent', 'v2');
    const ofCrew = await world.credential('2nd of-crew', 'v3', { crew_ids: [world.crewId] });
    await world.credential('of another crew', 'v4', { crew_ids: [await test.seed.crew(world.workspaceId)] });
    await world.credential('of the workspace, granted to nobody', 'v5');
    await grant(granted, { env_var_name: 'gh-token' });
    await grant(urgent, { env_var_name: 'URGENT', priority: 5, ttl_seconds: 3_600 });
    const lease_expires_at = new Date(test.clock.now().getTime() + 3_600_000).toISOString();
    expect(await given()).toEqual([
      { id: urgent, env_var: 'URGENT', value: 'v2', priority: 5, type: 'API_KEY', lease_expires_at },
      { id: granted, env_var: 'GH_TOKEN', value: 'v1', priority: 0, type: 'USERPASS', username: 'ada' },
      { id: ofCrew, env_var: '_2ND_OF_CREW', value: 'v3', priority: 0, type: 'API_KEY' },
    ]);
  });

  it('end with their grant to the millisecond, except what the crew gives anyway', async () => {
    const leased = await world.credential('leased', 'v1');
    const both = await world.credential('both', 'v2', { crew_ids: [world.crewId] });
    await grant(leased, { env_var_name: 'LEASED', ttl_seconds: 60 });
    await grant(both, { env_var_name: 'BOTH_GRANTED', ttl_seconds: 60 });
    test.clock.advanceMs(59_999);
    expect((await given()).map((each) => each.env_var).sort()).toEqual(['BOTH_GRANTED', 'LEASED']);
    test.clock.advanceMs(1);
    expect((await given()).map((each) => each.env_var)).toEqual(['BOTH']);
  });

  it.each([
    { status: 'PENDING' },
    { status: 'REVOKED' },
    { status: 'EXPIRED' },
    { status: 'ERROR' },
    { status: 'RATE_LIMITED' },
    { tokenExpiresAt: new Date(0) },
    { deletedAt: new Date(0) },
    { sealedValue: null },
  ])('are not those with %j', async (data) => {
    const id = await world.credential('key', 'v');
    await grant(id, { env_var_name: 'KEY' });
    expect(await given()).toHaveLength(1);
    await test.prisma.client.credential.update({ where: { id }, data });
    expect(await given()).toEqual([]);
  });

  it('go with the crew that goes', async () => {
    await world.credential('of-crew', 'v', { crew_ids: [world.crewId] });
    expect(await given()).toHaveLength(1);
    await test.prisma.client.crew.update({ where: { id: world.crewId }, data: { deletedAt: test.clock.now() } });
    expect(await given()).toEqual([]);
  });

  it('never set a variable that changes which code runs, nor one of the platform', async () => {
    await world.credential('path', 'v', { crew_ids: [world.crewId] });
    const own = await world.credential('own', 'v');
    await grant(own, { env_var_name: 'KEY' });
    // As a row from before such names were refused.
    await test.prisma.client.agentCredential.updateMany({
      where: { credentialId: own },
      data: { envVarName: 'CREWSHIP_TOKEN' },
    });
    const answer = await resolved(test, world.agentId);
    expect(answer.credentials).toEqual([]);
    expect(answer.problems.map(({ code }) => code)).toEqual(['name_not_allowed', 'name_not_allowed']);
  });

  it('are noted as used, with the address, once a minute and without raising the workspace’s revision', async () => {
    const uses = test.app.get(CredentialUsesService, { strict: false });
    const id = await world.credential('key', 'v');
    const unused = await world.credential('unused', 'v');
    const attached = await world.credential('attached', 'v');
    const referred = await world.credential('referred', 'v');
    await grant(id, { env_var_name: 'KEY' });
    await world.bind(await world.server('one', { env_json: '{"A": "{{credential:referred}}"}' }), {
      credential_id: attached,
    });
    const state = (credentialId: string) =>
      test.prisma.client.credential.findUniqueOrThrow({
        where: { id: credentialId },
        select: { lastUsedAt: true, lastUsedIps: true },
      });
    const revision = () =>
      test.prisma.client.workspaceRevision.findUniqueOrThrow({ where: { workspaceId: world.workspaceId } });
    const before = await revision();
    const first = test.clock.now();
    await given();
    await uses.flush();
    for (const each of [id, attached, referred])
      expect(await state(each)).toEqual({ lastUsedAt: first, lastUsedIps: ['127.0.0.1'] });
    expect((await state(unused)).lastUsedAt).toBeNull();
    test.clock.advanceMs(30_000);
    await given();
    await uses.flush();
    expect((await state(id)).lastUsedAt).toEqual(first);
    test.clock.advanceMs(30_000);
    await given();
    await uses.flush();
    expect(await state(id)).toEqual({ lastUsedAt: test.clock.now(), lastUsedIps: ['127.0.0.1'] });
    expect(await revision()).toEqual(before);
    const { data } = await test.as(world).GET('/api/v1/credentials/{credentialId}', {
      params: { path: { credentialId: id }, query: { workspace_id: world.workspaceId } },
    });
    expect(data).toMatchObject({ last_used_at: test.clock.now().toISOString(), last_used_ips: ['127.0.0.1'] });
  });

  it('keep the ten newest addresses that they were used from', async () => {
    const uses = test.app.get(CredentialUsesService, { strict: false });
    const id = await world.credential('key', 'v');
    for (let n = 1; n <= 12; n += 1) {
      uses.note([id], `10.0.0.${n}`);
      await uses.flush();
    }
    const row = await test.prisma.client.credential.findUniqueOrThrow({ where: { id } });
    expect(row.lastUsedIps).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3].map((n) => `10.0.0.${n}`));
  });

  it('are never a mixture while they are rotated', async () => {
    const id = await world.credential('key', 'value-0');
    await grant(id, { env_var_name: 'KEY' });
    await world.bind(await world.server('one'), { credential_id: id });
    const rotating = (async () => {
      for (let n = 1; n <= 12; n += 1) await world.make('PATCH', `/api/v1/credentials/${id}`, { value: `value-${n}` });
    })();
    const seen: [string | undefined, unknown][] = [];
    for (let n = 0; n < 12; n += 1) {
      const { credentials, mcp_servers } = await resolved(test, world.agentId);
      seen.push([credentials[0]?.value, mcp_servers[0]?.cred_token]);
    }
    await rotating;
    expect(seen.every(([value, token]) => value === token && /^value-\d+$/.test(value ?? ''))).toBe(true);
    expect((await given())[0]?.value).toBe('value-12');
  });
});
