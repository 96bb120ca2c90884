import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ComposioSdkClient } from '#composio';
import { serverOf } from '../../counterparts/composio-stub/composio-project.js';
import type { ComposioStub } from '../../counterparts/composio-stub/composio-stub.js';
import { type ClientWorld, failureOf, clientKey as key, startClient } from './sdk-client.fixture.js';

describe('MCP servers at Composio', () => {
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
    expect(await client.updateMcpServer(access, made.id, { authConfigIds: ['ac_slack'], allowedTools: [] })).toBe(true);
    expect(stub.project(key).servers).toMatchObject([{ auth_config_ids: ['ac_slack'], allowed_tools: [] }]);
    await client.deleteMcpServer(access, made.id);
    expect(stub.project(key).servers).toEqual([]);
  });

  it('are changed by the path that Composio publishes, else by the other one; where neither is there it says so', async () => {
    const made = await client.createMcpServer(access, { name: 'crewship-four', ...scope });
    stub.isTerse = true;
    expect(await client.updateMcpServer(access, made.id, { authConfigIds: ['ac_slack'], allowedTools: [] })).toBe(true);
    expect(stub.project(key).servers).toMatchObject([{ auth_config_ids: ['ac_slack'], allowed_tools: [] }]);
    expect(await client.findMcpServer(access, 'crewship-four')).toMatchObject({
      authConfigIds: null,
      allowedTools: null,
    });
    stub.disturb('mcp.update', { status: 405 });
    expect(await client.updateMcpServer(access, made.id, scope)).toBe(false);
  });

  it('are reached on the configured host, whatever ids hold', () => {
    expect(client.transportUrl('srv/1', 'a user&more@x')).toBe(
      `${stub.url}/v3/mcp/srv%2F1/mcp?user_id=a+user%26more%40x`,
    );
  });
});
