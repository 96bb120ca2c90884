import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '#kernel';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { Vault } from '#vault';
import { stateless2026, streamable2025 } from '../../../libs/mcp-client/src/mcp-servers.fixture.js';

const workspacePath = '/api/v1/integrations/{integrationId}/test';
const crewPath = '/api/v1/crews/{crewId}/integrations/{integrationId}/test';

describe('the connection test', () => {
  let test: TestApp;
  let owner: SeededMember;
  const servers: Server[] = [];

  beforeAll(async () => {
    test = await startTestApp({ env: { EGRESS_ALLOW: '127.0.0.1' } });
    owner = await test.seed.workspace();
  });
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });
  afterAll(() => test.close());

  const listen = async (listener: RequestListener): Promise<{ url: string; requests: IncomingMessage[] }> => {
    const requests: IncomingMessage[] = [];
    const server = createServer((request, response) => {
      requests.push(request);
      listener(request, response);
    });
    servers.push(server);
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`, requests };
  };
  const run = async (integrationId: string) =>
    (await test.as(owner).POST(workspacePath, { params: { path: { integrationId } } })).data;
  const credential = async (name: string, plain: string): Promise<string> => {
    const id = await test.seed.credential(owner.workspaceId, { name, status: 'ACTIVE' });
    const place = { workspaceId: owner.workspaceId, table: 'credentials', column: 'sealed_value', rowId: id };
    const sealedValue = await test.app.get(Vault, { strict: false }).seal(new Secret(plain), place);
    await test.prisma.client.credential.update({ where: { id }, data: { sealedValue } });
    return id;
  };
  const guarded =
    (listener: RequestListener, header: string, value: string): RequestListener =>
    (request, response) => {
      if (request.headers[header] === value) return listener(request, response);
      response.writeHead(401).end();
    };

  it.each([
    ['the 2025 handshake', () => streamable2025().listener, 2],
    ['the stateless protocol of 2026', () => stateless2026(), 1],
  ])('really connects to a server that speaks %s', async (_era, make, tools) => {
    const { url } = await listen(make());
    const result = await run(await test.seed.integration(owner.workspaceId, { endpoint: url }));
    expect(result).toMatchObject({
      status: 'ok',
      message: 'Connected to MCP server',
      server_info: { name: 'github-mcp', version: '1.2.3' },
      tools_count: tools,
    });
    expect(result?.tools).toContainEqual({ name: 'search', description: 'Searches code' });
    expect(result?.protocol_version).toMatch(/^20\d\d-/);
  });

  it('sends the credential that a binding brings, and says auth_required without it', async () => {
    const { url } = await listen(guarded(streamable2025().listener, 'authorization', 'Bearer canary-token-1'));
    const integration = await test.seed.integration(owner.workspaceId, { endpoint: url });
    expect(await run(integration)).toMatchObject({
      status: 'auth_required',
      message: 'Server requires authentication',
    });
    const credentialId = await credential('bearer-token', 'canary-token-1');
    const agentId = await test.seed.agent(owner.workspaceId);
    await test.seed.binding(owner.workspaceId, agentId, { workspaceIntegrationId: integration }, { credentialId });
    expect((await run(integration))?.status).toBe('ok');
  });

  it('sends the credential that the server itself names, before any binding’s', async () => {
    const { url, requests } = await listen(streamable2025().listener);
    const credentialId = await credential('of-the-server', 'canary-server-5');
    const integration = await test.seed.integration(owner.workspaceId, {
      endpoint: url,
      credentialId,
      credType: 'api_key',
      credHeader: 'X-Server-Key',
    });
    const agentId = await test.seed.agent(owner.workspaceId);
    const bound = await credential('of-a-binding', 'canary-binding-5');
    const target = { workspaceIntegrationId: integration };
    await test.seed.binding(owner.workspaceId, agentId, target, { credentialId: bound });
    expect((await run(integration))?.status).toBe('ok');
    expect(requests[0]?.headers['x-server-key']).toBe('canary-server-5');
    expect(requests[0]?.headers.authorization).toBeUndefined();
  });

  it('keeps what the workspace and other crews’ agents hold from a crew row at another host', async () => {
    const { url, requests } = await listen(streamable2025().listener);
    const created = await test.as(owner).POST('/api/v1/integrations', {
      body: {
        name: 'redirected',
        endpoint: 'https://mcp.example.com/mcp',
        credential_id: await credential('of-the-workspace', 'canary-wide-6'),
        config_json: '{"headers":{"X-Api-Token":"canary-sealed-6","X-Team":"blue"}}',
      },
    });
    const parent = created.data?.id ?? '';
    const outsider = await test.seed.agent(owner.workspaceId);
    const theirs = await credential('of-an-outsider', 'canary-outsider-6');
    const target = { workspaceIntegrationId: parent };
    await test.seed.binding(owner.workspaceId, outsider, target, { credentialId: theirs });
    const crewId = await test.seed.crew(owner.workspaceId);
    const integrationId = await test.seed.crewIntegration(owner.workspaceId, crewId, {
      workspaceIntegrationId: parent,
      endpoint: url,
    });
    const { data } = await test.as(owner).POST(crewPath, { params: { path: { crewId, integrationId } } });
    expect(data?.status).toBe('ok');
    expect(requests[0]?.headers['x-team']).toBe('blue');
    expect(JSON.stringify(requests.map((request) => request.headers))).not.toContain('canary');
  });

  it('sends configured headers with references and sealed literals in place', async () => {
    const { url, requests } = await listen(streamable2025().listener);
    await credential('tenant-key', 'canary-reference-2');
    const created = await test.as(owner).POST('/api/v1/integrations', {
      body: {
        name: 'headers',
        endpoint: url,
        config_json: JSON.stringify({
          headers: { 'X-Tenant': '{{credential:tenant-key}}', 'X-Api-Token': 'canary-literal-3' },
        }),
      },
    });
    expect((await run(created.data?.id ?? ''))?.status).toBe('ok');
    expect(requests[0]?.headers).toMatchObject({ 'x-tenant': 'canary-reference-2', 'x-api-token': 'canary-literal-3' });
  });

  it('tests a crew row with what it inherits from the workspace', async () => {
    const { url, requests } = await listen(streamable2025().listener);
    const parent = await test.seed.integration(owner.workspaceId, {
      endpoint: url,
      configJson: '{"headers":{"X-A":"1","X-B":"1"}}',
    });
    const crewId = await test.seed.crew(owner.workspaceId);
    const integrationId = await test.seed.crewIntegration(owner.workspaceId, crewId, {
      workspaceIntegrationId: parent,
      configJson: '{"headers":{"X-B":"2"}}',
    });
    const { data } = await test.as(owner).POST(crewPath, { params: { path: { crewId, integrationId } } });
    expect(data?.status).toBe('ok');
    expect(requests[0]?.headers).toMatchObject({ 'x-a': '1', 'x-b': '2' });
  });

  it('says auth_required with what to do, and calls nobody, when the credential of the server has no value yet', async () => {
    const { url, requests } = await listen(streamable2025().listener);
    const credentialId = await test.seed.credential(owner.workspaceId, { name: 'half-way', status: 'PENDING' });
    const result = await run(await test.seed.integration(owner.workspaceId, { endpoint: url, credentialId }));
    expect(result).toMatchObject({ status: 'auth_required', message: expect.stringContaining('"half-way"') });
    expect(requests).toEqual([]);
  });

  it('names the credential that is missing instead of sending a placeholder', async () => {
    const { url, requests } = await listen(streamable2025().listener);
    const configJson = '{"headers":{"X-Key":"{{credential:nobody}}"}}';
    const result = await run(await test.seed.integration(owner.workspaceId, { endpoint: url, configJson }));
    expect(result?.status).toBe('error');
    expect(result?.message).toContain('{{credential:nobody}}');
    expect(requests).toHaveLength(0);
  });

  it('never reaches a private address that the operator did not list', async () => {
    const result = await run(
      await test.seed.integration(owner.workspaceId, { endpoint: 'http://169.254.169.254/latest' }),
    );
    expect(result?.status).toBe('error');
    expect(result?.message).toContain('EGRESS_ALLOW');
  });

  it.each([
    ['a command with its arguments in it', { command: 'npx -y server' }, 'error'],
    ['arguments that are no list', { command: 'npx', argsJson: '{}' }, 'error'],
    ['a bare command', { command: 'npx', argsJson: '["-y"]' }, 'ok'],
  ])('checks a stdio server without starting it: %s', async (_case, values, status) => {
    const integrationId = await test.seed.integration(owner.workspaceId, {
      transport: 'stdio',
      endpoint: null,
      ...values,
    });
    expect(await run(integrationId)).toMatchObject({ status, latency_ms: 0 });
  });

  it('shows no secret that it sent: not in the answer, not in the log', async () => {
    const { url } = await listen((request, response) => {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(`you sent ${request.headers['x-api-token']}`);
    });
    const created = await test.as(owner).POST('/api/v1/integrations', {
      body: { name: 'echo', endpoint: url, config_json: '{"headers":{"X-Api-Token":"canary-echo-4"}}' },
    });
    const result = await run(created.data?.id ?? '');
    expect(result?.status).toBe('error');
    expect(JSON.stringify(result) + test.logs.join('')).not.toContain('canary-echo-4');
  });

  it('is refused to members, and answers 404 for what is not there', async () => {
    const integrationId = await test.seed.integration(owner.workspaceId);
    const member = await test.seed.member(owner.workspaceId, 'MEMBER');
    const crewId = await test.seed.crew(owner.workspaceId);
    const asMember = await test.as(member).POST(workspacePath, { params: { path: { integrationId } } });
    const missing = await test.as(owner).POST(workspacePath, { params: { path: { integrationId: 'cnone' } } });
    const noCrew = await test.as(owner).POST(crewPath, { params: { path: { crewId: 'cnone', integrationId } } });
    const noRow = await test.as(owner).POST(crewPath, { params: { path: { crewId, integrationId } } });
    expect([asMember.response.status, missing.error?.detail, noCrew.error?.detail, noRow.error?.detail]).toEqual([
      403,
      'Integration not found',
      'Crew not found',
      'Integration not found',
    ]);
  });
});
