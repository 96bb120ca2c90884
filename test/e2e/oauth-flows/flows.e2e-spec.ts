import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { FlowSweepService } from '../../../apps/api/src/modules/oauth-flows/flow-sweep.service.js';
import { FlowBrowserCalls, problemOf } from './flow-calls.fixture.js';
import { ScriptedProvider } from './scripted-provider.fixture.js';

const hourMs = 3_600_000;

describe('flows that are under way', () => {
  let test: TestApp;
  let provider: ScriptedProvider;
  let owner: SeededMember;
  let mine: FlowBrowserCalls;
  let credentialId: string;

  beforeAll(async () => {
    provider = await ScriptedProvider.start();
    test = await startTestApp({ env: { EGRESS_ALLOW: '127.0.0.1', CREWSHIP_RATELIMIT_DISABLED: 'true' } });
  });
  afterAll(async () => {
    await test.close();
    await provider.stop();
  });
  beforeEach(async () => {
    provider.answer();
    owner = await test.seed.workspace();
    mine = new FlowBrowserCalls(test, owner);
    credentialId = await test.seed.credential(owner.workspaceId, provider.columns());
  });

  const call = (id: string, member: SeededMember, method = 'GET') =>
    test.call(`/api/v1/oauth/flows/${id}?workspace_id=${member.workspaceId}`, { method, token: member.token });
  const isDeleted = async (id: string) =>
    (await test.prisma.client.credential.findUniqueOrThrow({ where: { id } })).deletedAt !== null;
  // As auto-connect leaves it: a credential that is made for the flow.
  const abandon = async (flowId: string) =>
    test.prisma.client.credential.update({ where: { id: credentialId }, data: { autoCreatedFor: flowId } });

  it('are shown to their initiator and to administrators, and do not exist for others', async () => {
    const manager = await test.seed.member(owner.workspaceId, 'MANAGER');
    const { flow_id } = await new FlowBrowserCalls(test, manager).initiate(credentialId);
    expect((await call(flow_id, manager)).status).toBe(200);
    expect((await call(flow_id, owner)).status).toBe(200);
    const others = [
      await test.seed.member(owner.workspaceId, 'MANAGER'),
      await test.seed.member(owner.workspaceId, 'VIEWER'),
      await test.seed.workspace(),
    ];
    for (const other of others)
      expect(await problemOf(await call(flow_id, other))).toMatchObject({ status: 404, code: 'oauth.flow_not_found' });
  });

  it('show no state, verifier or hash', async () => {
    const { flow_id, state } = await mine.initiate(credentialId);
    const shown = await mine.flow(flow_id);
    expect(shown).toMatchObject({ id: flow_id, status: 'pending', failure: null, finished_at: null });
    expect(Object.keys(shown).filter((key) => /state|verifier|hash/.test(key))).toEqual([]);
    expect(JSON.stringify(shown)).not.toContain(state);
  });

  it('are called off by DELETE: the state is unknown then, and a credential made for it goes with it', async () => {
    const started = await mine.initiate(credentialId);
    await abandon(started.flow_id);
    expect((await call(started.flow_id, owner, 'DELETE')).status).toBe(200);
    expect((await call(started.flow_id, owner, 'DELETE')).status).toBe(404);
    const late = await mine.callback(provider.approval(started.auth_url));
    expect((await problemOf(late)).code).toBe('oauth.state_invalid');
    expect(await isDeleted(credentialId)).toBe(true);
  });

  it('called off while the code is exchanged store nothing', async () => {
    const started = await mine.initiate(credentialId);
    provider.answer({ body: { access_token: 'late', token_type: 'Bearer' }, delayMs: 400 });
    const finishing = mine.callback(provider.approval(started.auth_url));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect((await call(started.flow_id, owner, 'DELETE')).status).toBe(200);
    expect((await problemOf(await finishing)).code).toBe('oauth.cancelled');
    expect(await test.prisma.client.credential.findUniqueOrThrow({ where: { id: credentialId } })).toMatchObject({
      status: 'PENDING',
      sealedValue: null,
    });
  });

  it('that are forgotten are ended, and what was made for them is removed after an hour', async () => {
    const sweep = test.app.get(FlowSweepService, { strict: false });
    // What earlier tests left.
    test.clock.advanceMs(12 * 60_000);
    await sweep.runOnce();
    const { flow_id } = await mine.initiate(credentialId);
    await abandon(flow_id);
    const typedIn = await test.seed.credential(owner.workspaceId, provider.columns());
    await mine.initiate(typedIn);

    expect(await sweep.runOnce()).toMatchObject({ expired: 0, credentials: 0 });
    test.clock.advanceMs(12 * 60_000);
    expect(await sweep.runOnce()).toMatchObject({ expired: 2, credentials: 0 });
    expect(await mine.flow(flow_id)).toMatchObject({ status: 'failed', failure: { code: 'oauth.state_expired' } });
    test.clock.advanceMs(hourMs);
    expect(await sweep.runOnce()).toMatchObject({ expired: 0, credentials: 1 });
    expect(await isDeleted(credentialId)).toBe(true);
    expect(await isDeleted(typedIn)).toBe(false);
    test.clock.advanceMs(7 * 24 * hourMs);
    expect((await sweep.runOnce()).forgotten).toBeGreaterThanOrEqual(2);
    expect((await call(flow_id, owner)).status).toBe(404);
  });
});
