import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seedExpired, type TestApp, TokenEndpoint } from '#testing';
import { type RuntimeWorld, resolved, runtimeWorld, startRuntimeApp } from './runtime-world.fixture.js';

describe('OAuth tokens that the runtime is given', () => {
  let test: TestApp;
  let endpoint: TokenEndpoint;
  let world: RuntimeWorld;

  beforeAll(async () => {
    test = await startRuntimeApp({ env: { EGRESS_ALLOW: '127.0.0.1' } });
    endpoint = await TokenEndpoint.start();
  });
  beforeEach(async () => {
    world = await runtimeWorld(test);
  });
  afterAll(async () => {
    endpoint.stop();
    await test.close();
  });

  /** An OAuth credential that a server carries, another refers to, and the agent is granted. */
  const usedEverywhere = async (values = {}) => {
    const id = await seedExpired(test, world.workspaceId, endpoint.url, { name: 'linear', ...values });
    await world.bind(await world.server('attached'), { credential_id: id });
    await world.server('referred', { env_json: '{"LINEAR": "{{credential:linear}}"}' });
    const grant = { credential_id: id, env_var_name: 'LINEAR' };
    await world.make('POST', `/api/v1/agents/${world.agentId}/credentials`, grant);
    return id;
  };

  it('are renewed before, once for all their uses', async () => {
    const id = await usedEverywhere();
    const { credentials, mcp_servers } = await resolved(test, world.agentId);
    const value = credentials[0]?.value ?? '';
    expect(value).toMatch(/^access-[1-9]/);
    expect(mcp_servers).toMatchObject([
      { headers: { Authorization: `Bearer ${value}` }, ready: true },
      { env: { LINEAR: value }, ready: true },
    ]);
    expect(endpoint.sentBy(id)).toHaveLength(1);
  });

  it('are renewed once however many ask at the same moment', async () => {
    const id = await usedEverywhere();
    const answers = await Promise.all(Array.from({ length: 20 }, () => resolved(test, world.agentId)));
    expect(new Set(answers.map(({ credentials }) => credentials[0]?.value)).size).toBe(1);
    expect(endpoint.sentBy(id)).toHaveLength(1);
  });

  it('are the old ones while they live and cannot be renewed', async () => {
    const id = await usedEverywhere({ tokenExpiresAt: new Date(test.clock.now().getTime() + 60_000) });
    endpoint.order(id, { status: 503 });
    const { credentials, mcp_servers } = await resolved(test, world.agentId);
    expect(credentials).toMatchObject([{ value: 'access-0' }]);
    expect(mcp_servers.map(({ ready }) => ready)).toEqual([true, true]);
  });

  it('are none when they are dead, and each server says what is to be done', async () => {
    const id = await usedEverywhere();
    endpoint.order(id, { status: 400, body: { error: 'invalid_grant' } });
    const { credentials, mcp_servers } = await resolved(test, world.agentId);
    expect(credentials).toEqual([]);
    expect(mcp_servers.map(({ ready }) => ready)).toEqual([false, false]);
    for (const { problems } of mcp_servers)
      expect(problems).toEqual([
        expect.objectContaining({
          code: 'credential_unusable',
          message: expect.stringContaining(
            '"linear" cannot be used: its provider no longer accepts it. Connect it again',
          ),
        }),
      ]);
  });
});
