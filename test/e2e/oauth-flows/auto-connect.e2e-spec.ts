import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { Counterparts } from '../../counterparts/counterparts.fixture.js';
import { FlowBrowserCalls, problemOf, type Started } from './flow-calls.fixture.js';

interface Connection extends Started {
  status: string;
  credential_id: string;
}

describe('connecting an MCP server by its URL', () => {
  let test: TestApp;
  let counterparts: Counterparts;
  let owner: SeededMember;
  let mine: FlowBrowserCalls;

  beforeAll(async () => {
    counterparts = await Counterparts.start();
    test = await startTestApp({
      env: { EGRESS_ALLOW: '127.0.0.1', CREWSHIP_RATELIMIT_DISABLED: 'true', PUBLIC_URL: 'http://127.0.0.1:18080' },
    });
  });
  afterAll(async () => {
    await test.close();
    await counterparts.stop();
  });
  beforeEach(async () => {
    owner = await test.seed.workspace();
    mine = new FlowBrowserCalls(test, owner);
  });

  const post = (json: object, by = mine) => by.post('/api/v1/oauth/auto-connect', json);
  const connect = async (more: object = {}, by = mine): Promise<Connection> => {
    const response = await post({ mcp_url: counterparts.mcpUrl, server_name: 'notes', ...more }, by);
    if (response.status !== 200) throw new Error(`auto-connect answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Connection;
  };
  const approve = async (connection: Connection, by = mine) => {
    const back = await counterparts.approve(connection.auth_url);
    const response = await by.callback(back.searchParams);
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  };
  const credentialOf = (id: string) => test.prisma.client.credential.findUniqueOrThrow({ where: { id } });
  const resolved = async (agentId: string) => {
    const path = `/api/v1/agents/${agentId}/integrations/resolved?workspace_id=${owner.workspaceId}`;
    return (await (await test.call(path, { token: owner.token })).json()) as {
      name: string;
      credential_id: string | null;
    }[];
  };

  it('ends in a server of the workspace that every agent has, with the credential', async () => {
    const agentId = await test.seed.agent(owner.workspaceId);
    const connection = await connect();
    expect(connection.status).toBe('authorize');
    expect(await credentialOf(connection.credential_id)).toMatchObject({
      type: 'OAUTH2',
      status: 'PENDING',
      name: `notes-oauth-${connection.credential_id.slice(-5)}`,
      oauthIssuer: counterparts.issuer,
      oauthIssRequired: true,
      oauthResource: counterparts.mcpUrl,
      autoCreatedFor: connection.flow_id,
    });
    const { status, body } = await approve(connection);
    expect({ status, ...body }).toMatchObject({ status: 'ok', credential_id: connection.credential_id });
    const integrationId = body.integration_id ?? '';
    expect(
      await test.prisma.client.workspaceIntegration.findUniqueOrThrow({ where: { id: integrationId } }),
    ).toMatchObject({
      name: 'notes',
      origin: 'oauth',
      endpoint: counterparts.mcpUrl,
      credentialId: connection.credential_id,
      credType: 'bearer',
      visibility: 'auto',
    });
    expect(await credentialOf(connection.credential_id)).toMatchObject({
      status: 'ACTIVE',
      autoCreatedFor: integrationId,
    });
    expect(await mine.flow(connection.flow_id)).toMatchObject({ status: 'completed', integration_id: integrationId });
    expect(await resolved(agentId)).toMatchObject([{ name: 'notes' }]);
    const stats = await counterparts.stats();
    expect(stats.requests.at(-1)).toMatchObject({ resource: counterparts.mcpUrl, hasVerifier: true });
  });

  it('started for a crew ends in a server of the crew', async () => {
    const crewId = await test.seed.crew(owner.workspaceId);
    const { body } = await approve(await connect({ crew_id: crewId }));
    const row = await test.prisma.client.crewIntegration.findUniqueOrThrow({
      where: { id: body.integration_id ?? '' },
    });
    expect(row).toMatchObject({ crewId, name: 'notes', origin: 'oauth', credentialId: body.credential_id });
  });

  it('started for one agent ends in a server that only this agent has, by a binding with the credential', async () => {
    const [agentId, otherId] = [await test.seed.agent(owner.workspaceId), await test.seed.agent(owner.workspaceId)];
    const { body } = await approve(await connect({ agent_id: agentId }));
    expect(
      await test.prisma.client.workspaceIntegration.findUniqueOrThrow({ where: { id: body.integration_id ?? '' } }),
    ).toMatchObject({ visibility: 'bound', credentialId: null });
    expect(await test.prisma.client.agentBinding.findMany({ where: { agentId } })).toMatchObject([
      {
        workspaceIntegrationId: body.integration_id,
        credentialId: body.credential_id,
        credType: 'bearer',
        enabled: true,
      },
    ]);
    expect((await resolved(agentId)).map(({ name }) => name)).toEqual(['notes']);
    expect(await resolved(otherId)).toEqual([]);
  });

  it('again gives the same server the new credential, and removes the one that it replaces', async () => {
    const first = (await approve(await connect())).body;
    const second = (await approve(await connect())).body;
    expect(second.integration_id).toBe(first.integration_id);
    expect((await credentialOf(first.credential_id ?? '')).deletedAt).not.toBeNull();
    expect((await credentialOf(second.credential_id ?? '')).deletedAt).toBeNull();
  });

  it('never gives the token to a server of the same name with another endpoint', async () => {
    const foreign = await test.seed.integration(owner.workspaceId, { name: 'notes' });
    const { body } = await approve(await connect());
    const rows = await test.prisma.client.workspaceIntegration.findMany({
      where: { workspaceId: owner.workspaceId },
      orderBy: { name: 'asc' },
    });
    expect(rows.map(({ id, name, credentialId }) => [id, name, credentialId])).toEqual([
      [foreign, 'notes', null],
      [body.integration_id, 'notes-2', body.credential_id],
    ]);
  });

  it('makes one server of two that are approved at once', async () => {
    const both = [await connect(), await connect()];
    const answers = await Promise.all(both.map((each) => approve(each)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await test.prisma.client.workspaceIntegration.count({ where: { workspaceId: owner.workspaceId } })).toBe(1);
  });

  it('a second attempt for its credential ends in the server, too', async () => {
    const { credential_id } = await connect();
    const again = await mine.initiate(credential_id);
    const { body } = await approve({ ...again, status: 'authorize', credential_id });
    expect(body.integration_id).toEqual(expect.any(String));
  });

  it('denied makes nothing', async () => {
    const connection = await connect();
    const back = await counterparts.deny(connection.auth_url);
    const refused = await problemOf(await mine.callback(back.searchParams));
    expect(refused).toMatchObject({ status: 400, code: 'oauth.denied' });
    expect(await test.prisma.client.workspaceIntegration.count({ where: { workspaceId: owner.workspaceId } })).toBe(0);
  });

  it('takes what a client of one’s own was given, and asks for one where nobody registers clients', async () => {
    const hinted = await post({ mcp_url: counterparts.mcpUrl, provider_hint: 'github' });
    expect(await hinted.json()).toEqual({
      status: 'needs_client_id',
      auth_url: 'https://github.com/login/oauth/authorize',
      token_url: 'https://github.com/login/oauth/access_token',
      scopes: 'repo user',
      message: "This provider requires a Client ID. Create an OAuth app in the provider's settings.",
    });
    const given = await connect({ provider_hint: 'github', client_id: 'mine', client_secret: 'canary-client-secret' });
    expect(new URL(given.auth_url).searchParams.get('client_id')).toBe('mine');
    const row = await credentialOf(given.credential_id);
    expect(row.sealedOauthClientSecret).toEqual(expect.any(String));
    expect(JSON.stringify(row)).not.toContain('canary-client-secret');
    expect(test.logs.join('')).not.toContain('canary-client-secret');
  });

  it('says in the contract’s words what cannot be connected', async () => {
    const silent = createServer((_request, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const foreignCrew = await test.seed.crew((await test.seed.workspace()).workspaceId);
    const agentId = await test.seed.agent(owner.workspaceId);
    const crewId = await test.seed.crew(owner.workspaceId);
    const cases = [
      [{}, 'mcp_url is required'],
      [{ mcp_url: 'ftp://mcp.example.com' }, 'mcp_url must be an http or https URL'],
      [{ mcp_url: counterparts.mcpUrl, crew_id: foreignCrew }, 'Crew not found'],
      [{ mcp_url: counterparts.mcpUrl, agent_id: 'nobody' }, 'Agent not found'],
      [{ mcp_url: counterparts.mcpUrl, agent_id: agentId, crew_id: crewId }, 'The agent does not belong to this crew'],
      [
        { mcp_url: `http://127.0.0.1:${(silent.address() as AddressInfo).port}/mcp` },
        'Cannot discover OAuth for this URL. This provider may require a Personal API Key instead.',
      ],
    ] as const;
    for (const [json, detail] of cases)
      expect(await problemOf(await post(json))).toMatchObject({ status: 400, detail });
    silent.closeAllConnections();
    silent.close();
    expect((await problemOf(await post({ mcp_url: 'http://169.254.169.254/mcp' }))).status).toBe(400);
    expect(await test.prisma.client.credential.count({ where: { workspaceId: owner.workspaceId } })).toBe(0);
  });

  it('is for administrators', async () => {
    const manager = new FlowBrowserCalls(test, await test.seed.member(owner.workspaceId, 'MANAGER'));
    expect((await post({ mcp_url: counterparts.mcpUrl }, manager)).status).toBe(403);
  });
});
