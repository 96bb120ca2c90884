import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ComposioSdkClient } from '#composio';
import { Egress, EgressPolicy } from '#egress';
import type { ComposioStub } from '../../counterparts/composio-stub/composio-stub.js';
import { type ClientWorld, failureOf, startClient } from './sdk-client.fixture.js';

describe('the client when Composio fails', () => {
  let world: ClientWorld;
  let stub: ComposioStub;
  let client: ComposioSdkClient;
  let access: ClientWorld['access'];

  beforeAll(async () => {
    world = await startClient();
    ({ stub, client, access } = world);
  });
  beforeEach(() => stub.reset());
  afterAll(async () => {
    await world.close();
  });

  it.each([500, 502, 503, 429])('repeats a GET that was answered %i, at most twice', async (status) => {
    stub.disturb('authConfigs.list', { status, headers: { 'retry-after-ms': '1' }, times: 2 });
    expect(await client.listAuthConfigs(access)).toHaveLength(3);
    stub.disturb('authConfigs.list', { status, headers: { 'retry-after-ms': '1' }, times: 9 });
    expect(await failureOf(client.listAuthConfigs(access))).toMatchObject({ status });
  });

  it('never repeats anything else', async () => {
    const away = { status: 503, headers: { 'retry-after-ms': '1', 'x-should-retry': 'true' }, times: 99 };
    stub.disturb('*', away);
    const scope = { authConfigIds: [], allowedTools: [] };
    const calls = [
      client.upsertTrigger(access, { slug: 'S', userId: 'u', config: null }),
      client.setTriggerEnabled(access, 'ti_1', false),
      client.deleteTrigger(access, 'ti_1'),
      client.createAuthConfig(access, 'gmail'),
      client.createConnectLink(access, { authConfigId: 'ac', userId: 'u' }),
      client.revokeAccount(access, 'ca_1'),
      client.refreshAccount(access, 'ca_1'),
      client.deleteAccount(access, 'ca_1'),
      client.createMcpServer(access, { name: 'name', ...scope }),
      client.updateMcpServer(access, 'srv', scope),
      client.deleteMcpServer(access, 'srv'),
    ];
    const faults = await Promise.all(calls.map(failureOf));
    expect(faults.map(({ fault }) => fault)).toEqual(calls.map(() => 'upstream_error'));
    expect(stub.calls).toHaveLength(calls.length);
  });

  it('does not wait for a minute because Composio says so', async () => {
    stub.disturb('authConfigs.list', { status: 429, headers: { 'retry-after': '59' } });
    expect(await failureOf(client.listAuthConfigs(access))).toMatchObject({ fault: 'rate_limited' });
    expect(stub.count('authConfigs.list')).toBe(1);
  });

  it.each([
    ['does not come', { hang: true }],
    ['does not end', { stall: true }],
  ])('gives up on an answer that %s in time', async (_case, fault) => {
    const hasty = new ComposioSdkClient(world.egress, { baseUrl: stub.url, deadlineMs: 150 });
    stub.disturb('toolkits.list', fault);
    expect(await failureOf(hasty.validateKey(access))).toMatchObject({
      fault: 'timeout',
      message:
        "Composio API unreachable (validate api key failed: request timed out) — check the server's network path to Composio (COMPOSIO_BASE_URL)",
    });
    expect(stub.count('toolkits.list')).toBe(1);
  });

  it('says so when it hangs up, after having tried again', async () => {
    stub.disturb('authConfigs.list', { hangUp: true, times: 3 });
    const failure = await failureOf(client.listAuthConfigs(access));
    expect(failure).toMatchObject({ fault: 'unreachable', status: null });
    expect(failure.message).toContain('closed the connection');
    expect(stub.count('authConfigs.list')).toBe(3);
  });

  it('says at once that its address is not allowed', async () => {
    const shut = new ComposioSdkClient(new Egress(EgressPolicy.parse('')), { baseUrl: stub.url });
    const failure = await failureOf(shut.listAuthConfigs(access));
    expect(failure.message).toContain('EGRESS_ALLOW');
    expect(stub.calls).toEqual([]);
  });

  it.each([
    ['empty', '', 'the answer is empty'],
    ['no JSON', '<html>', 'the answer is not JSON'],
    ['another object', '{"things": []}', 'the answer has no usable items'],
    ['a list without ids', '{"items": [{"name": "x"}]}', 'the answer has no usable items.0.id'],
  ])('refuses a success that is %s', async (_case, body, reason) => {
    stub.disturb('authConfigs.list', { status: 200, body });
    const failure = await failureOf(client.listAuthConfigs(access));
    expect(failure.message).toContain(`(list auth configs failed: ${reason})`);
    expect(failure).toMatchObject({ fault: 'unreadable_answer', status: 200 });
  });

  it('reads no more than 8 MiB', async () => {
    const body = `{"items": [], "more": "${'x'.repeat(8 * 1_048_576)}"}`;
    stub.disturb('authConfigs.list', { status: 200, body });
    const failure = await failureOf(client.listAuthConfigs(access));
    expect(failure).toMatchObject({ fault: 'unreachable' });
    expect(failure.message).toContain('larger than 8388608 bytes');
  });

  it('passes over strange members of an item instead of hiding the whole list', async () => {
    const odd = { id: 'ca_odd', user_id: 'u', status: 7, toolkit: null, auth_config: 'none' };
    stub.disturb('connectedAccounts.list', { status: 200, body: { items: [odd] } });
    expect(await client.listConnectedAccounts(access)).toEqual([
      {
        id: 'ca_odd',
        userId: 'u',
        status: '',
        toolkit: { slug: '', logo: null },
        authConfig: { id: '', authScheme: '', isComposioManaged: false, isDisabled: false },
      },
    ]);
  });

  it('hands out no link that is not a web address', async () => {
    const body = { redirect_url: 'javascript:alert(1)', connected_account_id: 'ca_1' };
    stub.disturb('link.create', { status: 201, body });
    const link = client.createConnectLink(access, { authConfigId: 'ac_gmail', userId: 'u' });
    expect(await failureOf(link)).toMatchObject({ fault: 'unreadable_answer' });
  });
});
