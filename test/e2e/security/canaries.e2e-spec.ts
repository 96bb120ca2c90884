import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '#kernel';
import { ContractValidator, startTestApp, type TestApp } from '#testing';
import { Vault } from '#vault';
import { sealedColumns } from '../../../apps/api/src/modules/keyring/sealed-columns.js';
import { readAnswer } from './read-answer.fixture.js';

/** Secrets that are put in everywhere, each with a word of its own that nothing else contains. */
const canaries = {
  password: 'canary-password-a1 correct horse',
  credential: 'canary-credential-b2',
  oauthSecret: 'canary-oauth-secret-c3',
  environment: 'canary-environment-d4',
  header: 'canary-header-e5',
  override: 'canary-override-f6',
  userinfo: 'canary-userinfo-g7',
  rotated: 'canary-rotated-h8',
  tried: 'canary-tried-i9',
  refresh: 'canary-refresh-j0',
  verifier: 'canary-verifier-k1',
  client: 'canary-client-l2',
  webhook: 'canary-webhook-m3',
  composio: 'canary-composio-n4',
  channel: 'canary-channel-o5',
  instance: 'canary-instance-p6',
};

describe('row 29: secrets', () => {
  let test: TestApp;
  let token: string;
  let ids: Record<string, string>;
  let oneTime: string[];

  const send = async (method: string, path: string, json: unknown, expected = 201) => {
    const response = await test.call(path, {
      method,
      token,
      json,
      // Answers are kept for repetitions, those that show a secret once among them.
      headers: {
        ...(method === 'POST' && { 'Idempotency-Key': randomUUID() }),
        ...(ids?.workspaceId && { 'X-Workspace-ID': ids.workspaceId }),
      },
    });
    const text = await response.text();
    if (response.status !== expected) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return { text, data: JSON.parse(text) as Record<string, string> };
  };
  const answers: string[] = [];
  const make = async (method: string, path: string, json: unknown, expected = 201) => {
    const { text, data } = await send(method, path, json, expected);
    answers.push(text);
    return data;
  };

  beforeAll(async () => {
    test = await startTestApp({ env: { LOG_LEVEL: 'trace' } });
    ids = {};
    const bootstrap = await test.call('/api/v1/bootstrap', {
      method: 'POST',
      json: { full_name: 'Canary Keeper', email: 'canary@example.com', password: canaries.password },
    });
    const first = (await bootstrap.json()) as { cli_token: string; workspace_id: string; user_id: string };
    token = first.cli_token;
    ids.workspaceId = first.workspace_id;
    ids.crewId = (await make('POST', '/api/v1/crews', { name: 'Crew', slug: 'crew' })).id ?? '';
    ids.agentId =
      (
        await make('POST', '/api/v1/agents', {
          name: 'Agent',
          slug: 'agent',
          crew_id: ids.crewId,
          mcp_config_json: JSON.stringify({
            mcpServers: { own: { command: 'npx', env: { T_TOKEN: canaries.environment } } },
          }),
        })
      ).id ?? '';
    ids.credentialId =
      (await make('POST', '/api/v1/credentials', { name: 'secret-key', type: 'API_KEY', value: canaries.credential }))
        .id ?? '';
    await make('POST', '/api/v1/credentials', {
      name: 'oauth',
      type: 'OAUTH2',
      oauth_client_id: 'client',
      oauth_client_secret: canaries.oauthSecret,
    });
    ids.integrationId =
      (
        await make('POST', '/api/v1/integrations', {
          name: 'server',
          endpoint: 'https://mcp.example.com/mcp',
          env_json: JSON.stringify({ API_TOKEN: canaries.environment, DSN: `postgres://u:${canaries.userinfo}@db/x` }),
          config_json: JSON.stringify({ headers: { Authorization: `Bearer ${canaries.header}` } }),
        })
      ).id ?? '';
    const crewRow = await make('POST', `/api/v1/crews/${ids.crewId}/integrations`, {
      name: 'server',
      workspace_mcp_server_id: ids.integrationId,
      env_json: JSON.stringify({ API_TOKEN: canaries.environment }),
    });
    ids.crewIntegrationId = crewRow.id ?? '';
    await make('POST', `/api/v1/agents/${ids.agentId}/integrations`, {
      mcp_server_id: ids.crewIntegrationId,
      mcp_server_scope: 'crew',
      credential_id: ids.credentialId,
      config_override_json: JSON.stringify({ headers: { 'X-Api-Key': canaries.override } }),
    });
    await make('POST', `/api/v1/agents/${ids.agentId}/credentials`, {
      credential_id: ids.credentialId,
      env_var_name: 'KEY',
    });
    await make('PATCH', `/api/v1/credentials/${ids.credentialId}`, { value: `${canaries.credential}-rotated` }, 200);
    const { credentialId } = ids;
    const rotation = { value: canaries.rotated, grace_seconds: 604_800 };
    await make('POST', `/api/v1/credentials/${credentialId}/rotate`, rotation, 200);
    await make('POST', '/api/v1/credentials/test', { provider: 'ACME', value: canaries.tried }, 200);
    await make('POST', `/api/v1/credentials/${credentialId}/test`, {}, 200);
    await sealEverywhere(test, first.workspace_id, ids);
    const minted = await send('POST', '/api/v1/auth/cli-token', { name: 'second' }, 200);
    const invited = await send('POST', `/api/v1/workspaces/${ids.workspaceId}/invitations`, {
      email: 'guest@example.com',
    });
    const workspace = `/api/v1/workspaces/${ids.workspaceId}`;
    await make('POST', `${workspace}/channels`, {
      channel_type: 'slack',
      config: { bot_token: `xoxb-${canaries.channel}`, channel_id: 'C1', signing_secret: canaries.channel },
    });
    const endpoint = { url: 'https://agents.example.com/in' };
    const delivery = await send('PUT', `${workspace}/delivery-endpoint`, endpoint, 200);
    await make('POST', '/api/v1/settings/secrets', { key: 'A_SECRET', value: canaries.instance });
    const agents = await send('POST', `${workspace}/tokens`, {});
    oneTime = [token, minted.data.token, invited.data.token, delivery.data.secret, agents.data.auth_token].map(
      (text) => text ?? raiseUnshown(),
    );
  }, 60_000);
  afterAll(() => test.close());

  const words = () => [...Object.values(canaries), ...oneTime];
  const found = (text: string) => words().filter((word) => text.includes(word));

  it('stand sealed in every sealed column while they are looked for', async () => {
    const empty: string[] = [];
    for (const { table, column } of sealedColumns) {
      const [row] = await test.prisma.client.$queryRawUnsafe<{ count: number }[]>(
        `SELECT count("${column}")::int AS count FROM "${table}"`,
      );
      if (row?.count === 0) empty.push(`${table}.${column}`);
    }
    expect(empty).toEqual([]);
  });

  it('are never in the published contract or its examples', async () => {
    const document = await fetch(`${test.url}/api/openapi.json`);
    expect([document.status, found(await document.text())]).toEqual([200, []]);
  });

  it('are never in the answer of a change', () => {
    expect(answers.length).toBeGreaterThan(7);
    expect(found(answers.join('\n'))).toEqual([]);
  });

  it('are never in the answer of any operation that reads', async () => {
    const operations = new ContractValidator().operations().filter(({ method }) => method === 'GET');
    const read: string[] = [];
    for (const { path } of operations) {
      const filled = path
        .replace(
          '/crews/{crewId}/integrations/{integrationId}',
          `/crews/${ids.crewId}/integrations/${ids.crewIntegrationId}`,
        )
        .replace(/\{(\w+)\}/g, (_place, name: string) => ids[name] ?? ids.integrationId ?? '');
      for (const query of ['', '?explain=true']) {
        const response = await test.call(`${filled}${query}`, {
          token,
          headers: { 'X-Workspace-ID': ids.workspaceId ?? '' },
        });
        read.push(`${filled} ${response.status} ${await readAnswer(response)}`);
      }
    }
    expect(read.filter((text) => / 200 /.test(text)).length).toBeGreaterThan(operations.length / 2);
    expect(read.filter((text) => found(text).length > 0)).toEqual([]);
  }, 60_000);

  it('are never in an answer to a request that repeats them in a faulty way', async () => {
    const faulty = [
      ['/api/v1/credentials', { name: 5, value: canaries.credential }],
      ['/api/v1/credentials', { name: 'x', type: 'SSH_KEY', value: canaries.credential }],
      ['/api/v1/integrations', { name: 'x', endpoint: `https://u:${canaries.userinfo}@mcp.example.com` }],
      [
        '/api/v1/integrations',
        { name: 'x', endpoint: 'https://mcp.example.com', env_json: `{"TOKEN": "${canaries.environment}"` },
      ],
      [
        '/api/v1/integrations',
        {
          name: 'x',
          endpoint: 'https://mcp.example.com',
          config_json: JSON.stringify({ headers: { 'Bad Name': canaries.header } }),
        },
      ],
      ['/api/v1/bootstrap', { full_name: 'x', email: 'no', password: canaries.password }],
    ] as const;
    for (const [path, json] of faulty) {
      const response = await test.call(path, {
        method: 'POST',
        token,
        json,
        headers: { 'X-Workspace-ID': ids.workspaceId ?? '' },
      });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(found(await response.text())).toEqual([]);
    }
  });

  it('are in no row of any table', async () => {
    const tables = await test.prisma.client.$queryRaw<{ name: string }[]>`
      SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`;
    expect(tables.length).toBeGreaterThan(15);
    for (const { name } of tables) {
      const rows = await test.prisma.client.$queryRawUnsafe<{ text: string }[]>(
        `SELECT row_to_json(t)::text AS text FROM "${name}" t`,
      );
      expect([name, found(rows.map(({ text }) => text).join('\n'))]).toEqual([name, []]);
    }
  });

  it('are in no line of the log, not even at its most talkative', () => {
    expect(test.logs.length).toBeGreaterThan(20);
    expect(found(test.logs.join('\n'))).toEqual([]);
  });
});

function raiseUnshown(): never {
  throw new Error('a text that is shown once was not shown');
}

// The columns that only flows and the runtime fill, so that reading is tried with something in every sealed column.
async function sealEverywhere(test: TestApp, workspaceId: string, ids: Record<string, string>): Promise<void> {
  const { client } = test.prisma;
  const vault = test.app.get(Vault, { strict: false });
  const now = test.clock.now();
  const seal = (plain: string, table: string, column: string, rowId: string) =>
    vault.seal(new Secret(plain), { workspaceId, table, column, rowId });
  const { credentialId = '', agentId = '' } = ids;
  await client.credential.update({
    where: { id: credentialId },
    data: { sealedRefreshToken: await seal(canaries.refresh, 'credentials', 'sealed_refresh_token', credentialId) },
  });
  await client.agent.update({
    where: { id: agentId },
    data: { sealedWebhookSecret: await seal(canaries.webhook, 'agents', 'sealed_webhook_secret', agentId) },
  });
  const uri = 'https://crewship.example.com/callback';
  await client.oauthFlow.create({
    data: {
      id: 'flow',
      stateHash: 'hash',
      workspaceId,
      credentialId,
      redirectUri: uri,
      sealedCodeVerifier: await seal(canaries.verifier, 'oauth_flows', 'sealed_code_verifier', 'flow'),
      expiresAt: now,
      createdAt: now,
    },
  });
  await client.oauthClient.create({
    data: {
      id: 'client',
      workspaceId,
      issuer: 'https://issuer.example.com',
      redirectUri: uri,
      origin: 'manual',
      clientId: 'client',
      sealedClientSecret: await seal(canaries.client, 'oauth_clients', 'sealed_client_secret', 'client'),
      tokenAuthMethod: 'client_secret_post',
      createdAt: now,
      updatedAt: now,
    },
  });
  await client.composioSettings.create({
    data: {
      workspaceId,
      sealedApiKey: await seal(canaries.composio, 'composio_settings', 'sealed_api_key', workspaceId),
      createdAt: now,
      updatedAt: now,
    },
  });
  ids.flowId = 'flow';
}
