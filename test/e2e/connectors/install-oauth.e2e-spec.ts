import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { streamable2025 } from '../../../libs/mcp-client/src/mcp-servers.fixture.js';
import { type ManifestFolder, manifestFolder, startUpstream, type Upstream } from './connector-world.fixture.js';
import { type ScriptedOauth, scriptedOauth } from './oauth-server.fixture.js';

const path = '/api/v1/connectors/{connectorId}/install';
const application = { client_id: 'our-app', client_secret: 'client-secret-canary' };

describe('installing a connector that needs a person’s consent', () => {
  let test: TestApp;
  let owner: SeededMember;
  let folder: ManifestFolder;
  let upstream: Upstream;
  let oauth: ScriptedOauth;

  beforeAll(async () => {
    oauth = scriptedOauth(streamable2025().listener);
    upstream = await startUpstream((request, response) => oauth.listener(request, response));
    const { origin } = upstream;
    const fields = [
      { key: 'client_id', label: 'Client ID', type: 'text', required: true },
      { key: 'client_secret', label: 'Client secret', type: 'password', required: true },
    ];
    const provider = {
      authorization_url: `${origin}/authorize?prompt=consent`,
      token_url: `${origin}/token`,
      scopes: ['read', 'write'],
      token_auth_method: 'client_secret_post',
      extra: { access_type: 'offline' },
    };
    const mcp = { transport: 'streamable-http', endpoint: `${origin}/mcp` };
    folder = manifestFolder([
      { id: 'own-app', auth_mode: 'byo_oauth', fields, oauth: provider, mcp },
      {
        id: 'own-app-stdio',
        auth_mode: 'byo_oauth',
        fields,
        oauth: { ...provider, env_var: 'ACME_TOKEN' },
        mcp: { transport: 'stdio', command: 'acme-mcp' },
      },
      { id: 'its-own', auth_mode: 'mcp_oauth', mcp },
      { id: 'silent', auth_mode: 'mcp_oauth', mcp: { ...mcp, endpoint: 'http://127.0.0.1:1/mcp' } },
    ]);
    test = await startTestApp({ env: { CONNECTORS_DIR: folder.path, EGRESS_ALLOW: '127.0.0.1' } });
  });
  beforeEach(async () => {
    owner = await test.seed.workspace();
    oauth.tokenRequests.splice(0);
  });
  afterAll(async () => {
    await test.close();
    upstream.close();
    folder.remove();
  });

  const install = async (connectorId: string, body: { crew_id?: string; fields?: Record<string, string> }) => {
    const { data, error } = await test.as(owner).POST(path, { params: { path: { connectorId } }, body });
    if (!data) throw new Error(JSON.stringify(error));
    return data;
  };
  const connect = (connectorId: string, integrationId: string) =>
    test.as(owner).POST('/api/v1/connectors/{connectorId}/installations/{integrationId}/connect', {
      params: { path: { connectorId, integrationId } },
    });
  const finish = (authUrl: string) => {
    const state = new URL(authUrl).searchParams.get('state') ?? '';
    return test.as(owner).POST('/api/v1/oauth/finish', { body: { state, code: 'the-code' } });
  };
  const connectionOf = async (integrationId: string) =>
    (await test.as(owner).POST('/api/v1/integrations/{integrationId}/test', { params: { path: { integrationId } } }))
      .data;

  it('completes with the person’s own application, and the integration works', async () => {
    const made = await install('own-app', { fields: application });
    expect(made).toEqual({
      integration_id: expect.any(String),
      next_step: 'oauth',
      oauth_url: expect.any(String),
      flow_id: expect.any(String),
      credential_id: expect.any(String),
    });
    const url = new URL(made.oauth_url ?? '');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      prompt: 'consent',
      access_type: 'offline',
      response_type: 'code',
      client_id: 'our-app',
      scope: 'read write',
      code_challenge_method: 'S256',
      redirect_uri: expect.stringMatching(/\/api\/v1\/oauth\/callback$/),
    });
    expect(await connectionOf(made.integration_id)).toMatchObject({ status: 'auth_required' });

    expect((await finish(url.href)).response.status).toBe(200);

    expect(Object.fromEntries(oauth.tokenRequests[0] ?? [])).toMatchObject({
      client_id: 'our-app',
      client_secret: 'client-secret-canary',
      code: 'the-code',
    });
    expect(await connectionOf(made.integration_id)).toMatchObject({ status: 'ok', tools_count: 2 });
  });

  it('leaves a half-finished installation that can be seen, taken away whole, and made again', async () => {
    const crewId = await test.seed.crew(owner.workspaceId);
    const made = await install('own-app', { crew_id: crewId, fields: application });
    const params = { path: { connectorId: 'own-app' } };
    const { data } = await test.as(owner).GET('/api/v1/connectors/{connectorId}/installations', { params });
    expect(data).toMatchObject([
      { integration_id: made.integration_id, crew_id: crewId, credential_status: 'PENDING' },
    ]);
    await test.as(owner).DELETE('/api/v1/connectors/{connectorId}/installations/{integrationId}', {
      params: { path: { connectorId: 'own-app', integrationId: made.integration_id } },
    });
    const credential = await test.prisma.client.credential.findUnique({ where: { id: made.credential_id } });
    expect(credential).toMatchObject({ deletedAt: expect.any(Date), sealedOauthClientSecret: null });
    expect((await finish(made.oauth_url ?? '')).response.status).toBeGreaterThanOrEqual(400);
    expect((await install('own-app', { fields: application })).next_step).toBe('oauth');
  });

  it('asks for consent again when the first time came to nothing', async () => {
    const made = await install('own-app', { fields: application });
    const { data: again } = await connect('own-app', made.integration_id);
    expect(again).toMatchObject({ next_step: 'oauth', credential_id: made.credential_id });
    expect(again?.flow_id).not.toBe(made.flow_id);
    expect((await finish(again?.oauth_url ?? '')).response.status).toBe(200);
    expect(await connectionOf(made.integration_id)).toMatchObject({ status: 'ok' });
    expect((await connect('its-own', made.integration_id)).response.status).toBe(404);
  });

  it('carries the token of a stdio server in the variable that the manifest names', async () => {
    const made = await install('own-app-stdio', { fields: application });
    const row = await test.prisma.client.workspaceIntegration.findUnique({ where: { id: made.integration_id } });
    expect(row).toMatchObject({ envVarName: 'ACME_TOKEN', credentialId: made.credential_id, envJson: null });
  });

  it('connects a server that drives OAuth itself, from one click to a list of tools', async () => {
    const made = await install('its-own', {});
    expect(made).toMatchObject({
      next_step: 'mcp_oauth',
      connect_url: expect.stringContaining('client_id=registered-client'),
    });
    expect(made).not.toHaveProperty('oauth_url');

    expect((await finish(made.connect_url ?? '')).response.status).toBe(200);

    expect(await connectionOf(made.integration_id)).toMatchObject({ status: 'ok', tools_count: 2 });
    const where = { workspaceId: owner.workspaceId };
    expect(await test.prisma.client.workspaceIntegration.count({ where })).toBe(1);
    await test.as(owner).DELETE('/api/v1/connectors/{connectorId}/installations/{integrationId}', {
      params: { path: { connectorId: 'its-own', integrationId: made.integration_id } },
    });
    expect(await test.prisma.client.credential.count({ where: { ...where, deletedAt: null } })).toBe(0);
  });

  it('installs a server that cannot be asked now, to be connected later', async () => {
    const made = await install('silent', {});
    expect(made).toEqual({ integration_id: expect.any(String), next_step: 'mcp_oauth' });
    const { response } = await connect('silent', made.integration_id);
    expect([400, 422]).toContain(response.status);
  });

  it('keeps the client’s secret and the tokens out of rows, audit and log', async () => {
    const made = await install('own-app', { fields: application });
    await finish(made.oauth_url ?? '');
    const where = { workspaceId: owner.workspaceId };
    const rows = await Promise.all([
      test.prisma.client.workspaceIntegration.findMany({ where }),
      test.prisma.client.credential.findMany({ where }),
      test.prisma.client.oauthFlow.findMany({ where }),
      test.prisma.client.auditLog.findMany({ where }),
    ]);
    expect(rows.map((each) => each.length > 0)).toEqual([true, true, true, true]);
    const everything = JSON.stringify([made, rows]) + test.logs.join('\n');
    for (const secret of [application.client_secret, oauth.lastToken()]) expect(everything).not.toContain(secret);
  });
});
