import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ComposioSdkClient } from '#composio';
import { accountOf, toolOf, upstreamSecret } from '../../counterparts/composio-stub/composio-project.js';
import type { ComposioStub } from '../../counterparts/composio-stub/composio-stub.js';
import { type ClientWorld, failureOf, clientKey as key, startClient } from './sdk-client.fixture.js';

describe('lists of Composio', () => {
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
    stub
      .project(key)
      .tools.push(
        toolOf('gmail', 'GMAIL_ODD', ['readOnlyHint', 'destructiveHint']),
        toolOf('gmail', 'GMAIL_GET_OR_MAKE_LABEL', ['createHint']),
        toolOf('gmail', 'GMAIL_FETCH_AND_SEE', ['updateHint', 'idempotentHint']),
      );
    const tools = await client.listAllTools(access, 'gmail');
    expect(Object.fromEntries(tools.map(({ slug, readOnly }) => [slug, readOnly]))).toEqual({
      GMAIL_FETCH_EMAILS: true,
      GMAIL_LIST_THREADS: true,
      GMAIL_SEND_EMAIL: false,
      GMAIL_SEND_EMAIL_DRAFT: null,
      GMAIL_GET_PROFILE: null,
      GMAIL_ODD: false,
      GMAIL_GET_OR_MAKE_LABEL: false,
      GMAIL_FETCH_AND_SEE: false,
    });
  });
});
