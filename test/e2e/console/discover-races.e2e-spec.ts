import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '#testing';
import { changingServer, lockWaiters, type OfferedTool } from './console.fixture.js';
import { Discoveries } from './discoveries.fixture.js';

describe('a discovery of the console beside other calls', () => {
  let test: TestApp;
  let stage: Discoveries;

  beforeAll(async () => {
    test = await startTestApp({ env: { EGRESS_ALLOW: '127.0.0.1', CREWSHIP_RATELIMIT_DISABLED: 'true' } });
    stage = new Discoveries(test);
  });
  afterEach(() => stage.listeners.close());
  afterAll(() => test.close());

  it('is recorded once however many discover at the same time', async () => {
    const tools = new Map(Array.from({ length: 30 }, (_, n): [string, OfferedTool] => [`tool_${n}`, {}]));
    const id = await stage.serving(tools);
    const counts = await Promise.all(Array.from({ length: 6 }, () => stage.discover(id)));
    expect(counts.map(({ created }) => created).sort()).toEqual([0, 0, 0, 0, 0, 30]);
    expect(await stage.toolsOf(id)).toHaveLength(30);
  });

  it('is not said to be unreachable for a test of earlier settings', async () => {
    const id = await stage.serving(new Map([['search', {}]]));
    const slow = await stage.listeners.listen((_, response) => void setTimeout(() => response.destroy(), 300));
    await stage.team.program.on(id, 'PATCH', '', { server_url: slow.url });
    const testing = stage.team.program.on(id, 'POST', '/test');
    while (slow.requests.length === 0) await new Promise((after) => setTimeout(after, 5));
    test.clock.advanceMs(1);
    await stage.team.program.on(id, 'PATCH', '', { server_url: 'https://mcp.example.com/mcp' });
    expect((await testing).body.code).toBe('integration_connection_failed');
    const [shown] = (await stage.team.program.call('GET', '/integrations')).list;
    expect(shown?.status).toBe('enabled');
  });

  it('is not recorded where the server is another one by then, and the same request may be sent again', async () => {
    const id = await stage.serving(new Map([['search', {}]]));
    const { url } = await stage.listeners.listen(changingServer(new Map([['found', {}]])));
    const listed = changingServer(new Map([['stale', {}]]));
    const slow = await stage.listeners.listen((...call) => void setTimeout(() => listed(...call), 100));
    await stage.team.program.on(id, 'PATCH', '', { server_url: slow.url });
    const headers = { 'Idempotency-Key': 'discover-once' };
    const send = () => stage.team.program.call('POST', `/integrations/mcp_server/${id}/discover`, { headers });
    const early = send();
    while (slow.requests.length === 0) await new Promise((after) => setTimeout(after, 5));
    await stage.team.program.on(id, 'PATCH', '', { server_url: url });
    const { status, body, headers: told } = await early;
    expect([status, body.code, told.get('retry-after')]).toEqual([409, 'conflict', '1']);
    expect(await stage.toolsOf(id)).toEqual([]);
    expect((await send()).body.data).toEqual({ discovered: 1, created: 1, updated: 0, disabled: 0 });
    expect(await stage.enabledOf(id)).toEqual({ found: true });
  });

  it.each([
    ['a discovery', 'POST', '/discover', undefined],
    ['a change', 'PATCH', '', { name: 'Too late' }],
    ['a deletion', 'DELETE', '', undefined],
  ])('is gone for %s that an administrator outruns by removing the server', async (_case, method, path, json) => {
    const id = await stage.serving(new Map([['search', {}]]));
    const running = await test.prisma.client.$transaction(async (meanwhile) => {
      await meanwhile.workspaceIntegration.delete({ where: { id } });
      const answer = stage.team.program.on(id, method, path, json);
      await lockWaiters(test, 1);
      return { answer };
    });
    const { status, body } = await running.answer;
    expect([status, body.code, body.message]).toEqual([404, 'not_found', 'Integration not found']);
  });

  it('keeps a switch that is turned while a discovery runs', async () => {
    const tools = new Map<string, OfferedTool>([['search', {}]]);
    const id = await stage.serving(tools);
    await stage.discover(id);
    tools.set('search', { description: 'Described now' });
    const discovering = await test.prisma.client.$transaction(async (meanwhile) => {
      await meanwhile.toolBinding.updateMany({ where: { workspaceIntegrationId: id }, data: { enabled: false } });
      const running = stage.discover(id);
      await lockWaiters(test, 1);
      return { running };
    });
    expect(await discovering.running).toEqual({ discovered: 1, created: 0, updated: 1, disabled: 0 });
    expect(await stage.enabledOf(id)).toEqual({ search: false });
  });
});
