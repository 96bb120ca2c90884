import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EffectiveServer, noManagedApps, resolve } from '#resolver-core';
import { countQueries, type SeededMember, seedExpired, startTestApp, type TestApp, TokenEndpoint } from '#testing';
import { ServerAccessService } from './server-access.service.js';

let test: TestApp;
let owner: SeededMember;
let endpoint: TokenEndpoint;

beforeAll(async () => {
  test = await startTestApp({ env: { EGRESS_ALLOW: '127.0.0.1' } });
  endpoint = await TokenEndpoint.start();
  owner = await test.seed.workspace();
});

afterAll(async () => {
  endpoint.stop();
  await test.close();
});

const inMs = (ms: number) => new Date(test.clock.now().getTime() + ms);
const token = (values = {}) => seedExpired(test, owner.workspaceId, endpoint.url, values);
const access = (server: EffectiveServer) =>
  test.app.get(ServerAccessService, { strict: false }).httpAccess(owner, server, []);
const bearerOf = async (server: EffectiveServer) => (await access(server)).headers.Authorization?.reveal();

describe('what a server is sent of an OAuth credential', () => {
  it('is the token as it is while nothing is due, for one statement', async () => {
    const server = serverWith(await token({ tokenExpiresAt: inMs(3_600_000), nextRefreshAt: inMs(3_000_000) }));
    await access(server);
    const { result, statements } = await countQueries(() => bearerOf(server));
    expect(result).toBe('Bearer access-0');
    expect(statements).toHaveLength(1);
  });

  it('is the renewed token when it was due, whether it is bound or referred to by name', async () => {
    expect(await bearerOf(serverWith(await token()))).toMatch(/^Bearer access-[1-9]/);
    await token({ name: 'linear' });
    const byName = serverWith(null, '{"headers":{"X-Token":"{{credential:linear}}"}}');
    expect((await access(byName)).headers['X-Token']?.reveal()).toMatch(/^access-[1-9]/);
  });

  it('is the old token while that lives, when it could not be renewed', async () => {
    const id = await token({ tokenExpiresAt: inMs(60_000) });
    endpoint.order(id, { status: 503 });
    expect(await bearerOf(serverWith(id))).toBe('Bearer access-0');
  });

  it('is nothing when the token is dead: the error says when it is tried again, or that a person is needed', async () => {
    const [away, refused] = [await token(), await token()];
    endpoint.order(away, { status: 503 });
    endpoint.order(refused, { status: 400, body: { error: 'invalid_grant' } });
    await expect(access(serverWith(away))).rejects.toMatchObject({
      code: 'server_access.credential_not_renewed',
      message: expect.stringMatching(/\(http_5xx\)\. It is tried again at 20/),
    });
    await expect(access(serverWith(refused))).rejects.toMatchObject({
      code: 'server_access.credential_unusable',
      message: expect.stringContaining('Connect it again'),
    });
  });

  it('is nothing of an unusable credential that is named where nothing is sent', async () => {
    await token({ name: 'elsewhere', status: 'REVOKED' });
    const server = serverWith(null, '{"headers":{},"note":"{{credential:elsewhere}}"}');
    expect((await access(server)).headers).toEqual({});
  });
});

/** A server of the workspace as the cascade makes it, with a bound credential or none. */
function serverWith(credentialId: string | null, configJson: string | null = null): EffectiveServer {
  const settings = { command: null, argsJson: null, envJson: null, icon: null, kind: 'custom', enabled: true };
  const { servers } = resolve(
    {
      agent: { id: 'a', crewId: null },
      workspaceServers: [
        {
          ...settings,
          id: 's',
          name: 's',
          displayName: 's',
          transport: 'streamable-http',
          endpoint: 'https://mcp.example.com/mcp',
          configJson,
          credentialId: null,
          credType: null,
          credHeader: null,
          envVarName: null,
          locked: false,
          visibility: 'everyone',
        },
      ],
      crewServers: [],
      bindings: [],
      boundByOthers: [],
      credentials: [],
      tools: [],
      managed: noManagedApps,
    },
    test.clock.now(),
  );
  const [server] = servers;
  if (!server) throw new Error('the cascade dropped the server');
  return { ...server, credentialId };
}
