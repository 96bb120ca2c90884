import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ComposioAccess, ComposioSdkClient, findComposioFault } from '#composio';
import { Egress, EgressPolicy } from '#egress';
import { Secret } from '#kernel';
import { accountOf, serverOf, toolOf, upstreamSecret } from '../../counterparts/composio-stub/composio-project.js';
import { ComposioStub } from '../../counterparts/composio-stub/composio-stub.js';

const key = 'ak_canary_0123456789';

describe('the client of Composio', () => {
  let stub: ComposioStub;
  let elsewhere: ComposioStub;
  let egress: Egress;
  let client: ComposioSdkClient;
  const access: ComposioAccess = { apiKey: new Secret(key), source: 'workspace' };

  beforeAll(async () => {
    [stub, elsewhere] = await Promise.all([ComposioStub.start(key), ComposioStub.start(key)]);
    egress = new Egress(EgressPolicy.parse('127.0.0.1'));
    client = new ComposioSdkClient(egress, { baseUrl: `${stub.url}/` });
  });
  beforeEach(() => {
    stub.reset();
    elsewhere.reset();
  });
  afterAll(async () => {
    await Promise.all([stub.stop(), elsewhere.stop()]);
    await egress.close();
  });

  async function failureOf(call: Promise<unknown>) {
    const error: unknown = await call.then(
      () => new Error('it succeeded'),
      (reason: unknown) => reason,
    );
    const fault = findComposioFault(error);
    if (fault === null || !(error instanceof Error)) throw new Error('no fault of Composio', { cause: error });
    return { ...fault, message: error.message };
  }

  it('reads every list to its last page, with only the members that it knows', async () => {
    expect((await client.listAuthConfigs(access)).map(({ id }) => id)).toEqual(['ac_github', 'ac_slack', 'ac_gmail']);
    const accounts = await client.listConnectedAccounts(access);
    expect(accounts.map(({ id }) => id)).toEqual(['ca_1', 'ca_2', 'ca_3', 'ca_4', 'ca_5']);
    expect((await client.listActiveTriggers(access)).map(({ id }) => id)).toEqual(['ti_1', 'ti_2', 'ti_3']);
    expect(await client.listAllTools(access, 'gmail')).toHaveLength(5);
    expect(stub.count('connectedAccounts.list')).toBe(3);
    expect(JSON.stringify([accounts, await client.listAuthConfigs(access)])).not.toContain(upstreamSecret);
  });

  it('reads pages until there are as many items as were asked for, and no further', async () => {
    const { items, total } = await client.listToolkits(access, { limit: 3 });
    expect([items.map(({ slug }) => slug), total]).toEqual([['github', 'gmail', 'googlecalendar'], 5]);
    expect(stub.count('toolkits.list')).toBe(2);
  });

  it('searches where Composio cannot: trigger types, and apps by less than three characters', async () => {
    const found = await client.listTriggerTypes(access, { search: 'gmail LABEL', limit: 10 });
    expect(found).toMatchObject({ total: 1, items: [{ slug: 'GMAIL_LABEL_ADDED' }] });
    const short = await client.listToolkits(access, { search: 'Gi', limit: 1 });
    expect(short).toMatchObject({ total: 1, items: [{ slug: 'github' }] });
  });

  it('shows an item once though the list moved while it was read', async () => {
    stub.disturb('connectedAccounts.list', {
      status: 200,
      body: { items: [accountOf('ca_2', 'user-1', 'github')], next_cursor: Buffer.from('1-2').toString('base64') },
    });
    const ids = (await client.listConnectedAccounts(access)).map(({ id }) => id);
    expect(ids.sort()).toEqual(['ca_1', 'ca_2', 'ca_3', 'ca_4', 'ca_5']);
  });

  it('reads five thousand accounts', async () => {
    stub.pageSize = 100;
    stub.project(key).accounts = Array.from({ length: 5_000 }, (_, n) =>
      accountOf(`ca_${n}`, `user-${n % 7}`, 'gmail'),
    );
    expect(await client.listConnectedAccounts(access)).toHaveLength(5_000);
    expect(stub.count('connectedAccounts.list')).toBe(50);
  });

  it('stops at a list that never ends', async () => {
    const endless = (n: number) => ({ status: 200, body: { items: [], next_cursor: `c${n}` } });
    for (let n = 0; n < 200; n += 1) stub.disturb('authConfigs.list', endless(n));
    expect(await failureOf(client.listAuthConfigs(access))).toMatchObject({ fault: 'list_too_long', status: null });
    expect(stub.count('authConfigs.list')).toBe(200);
    stub.disturb('authConfigs.list', { ...endless(0), times: 2 });
    expect(await failureOf(client.listAuthConfigs(access))).toMatchObject({ fault: 'unreadable_answer' });
  });

  it('tells what only reads from what also changes something, by hints and only by them', async () => {
    stub.project(key).tools.push(toolOf('gmail', 'GMAIL_ODD', ['readOnlyHint', 'destructiveHint']));
    const tools = await client.listAllTools(access, 'gmail');
    expect(Object.fromEntries(tools.map(({ slug, readOnly }) => [slug, readOnly]))).toEqual({
      GMAIL_FETCH_EMAILS: true,
      GMAIL_LIST_THREADS: true,
      GMAIL_SEND_EMAIL: false,
      GMAIL_SEND_EMAIL_DRAFT: null,
      GMAIL_GET_PROFILE: null,
      GMAIL_ODD: false,
    });
  });

  describe('when Composio fails', () => {
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
      const hasty = new ComposioSdkClient(egress, { baseUrl: stub.url, deadlineMs: 150 });
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

  describe('and the key', () => {
    it('goes to no other host by a redirect', async () => {
      stub.disturb('toolkits.list', { redirectTo: `${elsewhere.url}/api/v3.1/toolkits` });
      stub.disturb('connectedAccounts.revoke', { redirectTo: `${elsewhere.url}/api/v3.1/toolkits` });
      const failure = await failureOf(client.listToolkits(access, { limit: 1 }));
      expect(failure).toMatchObject({ fault: 'unreachable' });
      expect(failure.message).toContain('redirect');
      expect(await failureOf(client.revokeAccount(access, 'ca_1'))).toMatchObject({ fault: 'unreachable' });
      expect(elsewhere.calls).toEqual([]);
    });

    it('follows a redirect within the host', async () => {
      stub.disturb('toolkits.list', { redirectTo: '/api/v3/toolkits?limit=2' });
      expect((await client.listToolkits(access, { limit: 2 })).items).toHaveLength(2);
    });

    it.each([
      ['as it is', key],
      ['in a URL', `https://x.example/?k=${encodeURIComponent(key)}`],
      ['in base64', Buffer.from(key).toString('base64')],
    ])('is masked where Composio repeats it %s', async (_case, text) => {
      stub.disturb('authConfigs.list', { status: 401, body: { error: { message: `bad key ${text}` } } });
      const { message } = await failureOf(client.listAuthConfigs(access));
      expect(message).toContain('bad key ');
      expect(message).toContain('***');
      expect(message).not.toContain(text.slice(-20));
    });

    it('is masked before the words are cut', async () => {
      stub.disturb('authConfigs.list', { status: 400, body: `${'x'.repeat(190)}${key}` });
      const { message } = await failureOf(client.listAuthConfigs(access));
      expect(message).not.toContain(key.slice(0, 6));
    });

    it('stands in no error though no header can carry it', async () => {
      const strange = { apiKey: new Secret(`${key}\u{1F511}`), source: 'env' as const };
      const error: unknown = await client.listAuthConfigs(strange).catch((reason: unknown) => reason);
      expect(findComposioFault(error)?.fault).toBe('unreachable');
      expect(describeDeeply(error)).not.toContain(key);
    });

    describe('of another tenant', () => {
      const variables = ['COMPOSIO_API_KEY', 'COMPOSIO_BASE_URL', 'COMPOSIO_CUSTOM_HEADERS'] as const;
      afterEach(() => {
        for (const name of variables) delete process.env[name];
      });

      it('is never read from the environment', async () => {
        process.env.COMPOSIO_API_KEY = 'ak_of_the_process';
        process.env.COMPOSIO_BASE_URL = elsewhere.url;
        process.env.COMPOSIO_CUSTOM_HEADERS = 'x-api-key: ak_of_the_process';
        await client.listAuthConfigs(access);
        expect(new Set(stub.calls.map((call) => call.key))).toEqual(new Set([key]));
        expect(elsewhere.calls).toEqual([]);
      });
    });
  });

  describe('and MCP servers', () => {
    const scope = { authConfigIds: ['ac_gmail'], allowedTools: ['GMAIL_SEND_EMAIL_DRAFT', 'GMAIL_SEND_EMAIL'] };

    it('are made without the tools that Composio refuses, not without those whose names begin alike', async () => {
      const { tools } = stub.project(key);
      stub.project(key).tools = tools.filter(({ slug }) => slug !== 'GMAIL_SEND_EMAIL_DRAFT');
      const made = await client.createMcpServer(access, { name: 'crewship-one', ...scope });
      expect(made.allowedTools).toEqual(['GMAIL_SEND_EMAIL']);
      expect(stub.project(key).servers).toMatchObject([{ id: made.id, allowed_tools: ['GMAIL_SEND_EMAIL'] }]);
    });

    it('are not made at all when no tool would be left: that would mean every tool', async () => {
      stub.project(key).tools = [];
      const making = client.createMcpServer(access, { name: 'crewship-two', ...scope }, 'create default mcp server');
      const failure = await failureOf(making);
      expect(failure).toMatchObject({ fault: 'request_rejected', status: 400, operation: 'create default mcp server' });
      expect(stub.project(key).servers).toEqual([]);
    });

    it('are found by their exact name, on whatever page', async () => {
      const names = ['crewship-gmail-full-2', 'CREWSHIP-GMAIL-FULL', 'a-crewship-gmail-full', 'crewship-gmail-full'];
      stub.project(key).servers = names.map((name, n) => serverOf(`srv_${n}`, name, [], []));
      expect((await client.findMcpServer(access, 'crewship-gmail-full'))?.id).toBe('srv_3');
      expect(await client.findMcpServer(access, 'crewship-gmail')).toBeNull();
    });

    it('are changed and removed', async () => {
      const made = await client.createMcpServer(access, { name: 'crewship-three', ...scope });
      await client.updateMcpServer(access, made.id, { authConfigIds: ['ac_slack'], allowedTools: [] });
      expect(stub.project(key).servers).toMatchObject([{ auth_config_ids: ['ac_slack'], allowed_tools: [] }]);
      await client.deleteMcpServer(access, made.id);
      expect(stub.project(key).servers).toEqual([]);
    });

    it('are reached on the configured host, whatever ids hold', () => {
      expect(client.transportUrl('srv/1', 'a user&more@x')).toBe(
        `${stub.url}/v3/mcp/srv%2F1/mcp?user_id=a+user%26more%40x`,
      );
    });
  });
});

function describeDeeply(error: unknown): string {
  const texts: string[] = [];
  for (let link = error; link instanceof Error; link = link.cause) {
    texts.push(link.message, link.stack ?? '', JSON.stringify(link));
  }
  return texts.join('\n');
}
