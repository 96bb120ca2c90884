import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';

const path = '/api/v1/connectors/{connectorId}/install';
const installations = '/api/v1/connectors/{connectorId}/installations';
const installation = '/api/v1/connectors/{connectorId}/installations/{integrationId}';
const canary = 'canary-secret-9f8e7d';

describe('installing a connector', () => {
  let test: TestApp;
  let owner: SeededMember;

  beforeAll(async () => {
    test = await startTestApp({ env: { CREWSHIP_RATELIMIT_DISABLED: 'true' } });
  });
  beforeEach(async () => {
    owner = await test.seed.workspace();
  });
  afterAll(() => test.close());

  interface Body {
    crew_id?: string | null;
    name?: string | null;
    fields?: Record<string, string>;
  }
  const install = (connectorId: string, body: Body, as: SeededMember = owner) =>
    test.as(as).POST(path, { params: { path: { connectorId } }, body });
  const installed = async (connectorId: string, body: Body) => {
    const { data, error } = await install(connectorId, body);
    if (!data) throw new Error(JSON.stringify(error));
    return data.integration_id;
  };
  const getIntegration = async (integrationId: string) =>
    (await test.as(owner).GET('/api/v1/integrations/{integrationId}', { params: { path: { integrationId } } })).data;
  const credentialsOf = (integrationId: string) =>
    test.prisma.client.credential.findMany({ where: { autoCreatedFor: integrationId, deletedAt: null } });
  const postgres = { host: 'db.example', database: 'app', user: 'agent', password: `${canary}@/:` };

  it('makes an integration that refers to a sealed credential and holds no secret', async () => {
    const { data, response } = await install('github', { name: ' GitHub (org) ', fields: { token: ` ${canary} ` } });
    expect(response.status).toBe(201);
    expect(data).toEqual({ integration_id: expect.any(String), next_step: '' });
    const row = await getIntegration(data?.integration_id ?? '');
    expect(row).toMatchObject({
      name: 'github',
      display_name: 'GitHub (org)',
      transport: 'streamable-http',
      endpoint: 'https://api.githubcopilot.com/mcp/',
      icon: 'github',
      enabled: true,
      visibility: 'auto',
    });
    const [credential] = await credentialsOf(row?.id ?? '');
    expect(credential?.name).toMatch(/^github-token-[a-z0-9]{8}$/);
    expect(JSON.parse(row?.config_json ?? '')).toEqual({
      headers: { Authorization: `Bearer {{credential:${credential?.name}}}` },
    });
    expect(row).not.toHaveProperty('warnings');
  });

  it('takes the values of the reference too: the older key of a field, and no name', async () => {
    const row = await getIntegration(await installed('github', { name: '', crew_id: '', fields: { pat: canary } }));
    expect(row?.display_name).toBe('GitHub');
  });

  it('puts plain values in as they are, leaves empty ones out, and refers to secret ones', async () => {
    const id = await installed('slack', { fields: { bot_token: 'xoxb-canary-1' } });
    const [credential] = await credentialsOf(id);
    const row = await getIntegration(id);
    expect([row?.command, JSON.parse(row?.args_json ?? '')]).toEqual([
      'npx',
      ['-y', expect.stringMatching(/^@modelcontextprotocol\/server-slack@\d+\.\d+\.\d+$/)],
    ]);
    expect(JSON.parse(row?.env_json ?? '')).toEqual({ SLACK_BOT_TOKEN: `{{credential:${credential?.name}}}` });
    const second = await getIntegration(await installed('slack', { fields: { bot_token: 'x', team_id: 'T01234567' } }));
    expect(JSON.parse(second?.env_json ?? '')).toMatchObject({ SLACK_TEAM_ID: 'T01234567' });
  });

  it('keeps a connection string with its password as one credential', async () => {
    const id = await installed('postgres', { fields: postgres });
    const [credential, ...others] = await credentialsOf(id);
    expect(credential?.name).toMatch(/^postgres-dsn-/);
    expect(others).toEqual([]);
    const args = JSON.parse((await getIntegration(id))?.args_json ?? '');
    expect(args.at(-1)).toBe(`{{credential:${credential?.name}}}`);
  });

  it('gives a crew its own, with credentials that only the crew may use', async () => {
    const crewId = await test.seed.crew(owner.workspaceId);
    const id = await installed('github', { crew_id: crewId, fields: { token: canary } });
    expect(await test.prisma.client.crewIntegration.findUnique({ where: { id } })).toMatchObject({
      crewId,
      name: 'github',
      origin: 'connector',
      originRef: 'github',
    });
    const [credential] = await credentialsOf(id);
    expect(credential?.scope).toBe('CREW');
    const links = await test.prisma.client.credentialCrew.findMany({ where: { credentialId: credential?.id ?? '' } });
    expect(links.map((link) => link.crewId)).toEqual([crewId]);
  });

  it('answers 404 for a crew that is foreign, deleted or none, and leaves nothing behind', async () => {
    const other = await test.seed.workspace();
    const crews = [
      await test.seed.crew(other.workspaceId),
      await test.seed.crew(owner.workspaceId, { deletedAt: new Date(0) }),
      'nobody',
    ];
    for (const crew_id of crews) {
      const { response, error } = await install('github', { crew_id, fields: { token: canary } });
      expect([response.status, error?.detail]).toEqual([404, 'Crew not found']);
    }
    const { workspaceId } = owner;
    expect(await test.prisma.client.credential.count({ where: { workspaceId } })).toBe(0);
    expect(await test.prisma.client.auditLog.count({ where: { workspaceId } })).toBe(0);
  });

  it.each<[string, Record<string, string>, string]>([
    ['github', {}, 'connectors: required field has no value: "token"'],
    ['github', { token: '  ' }, 'connectors: required field has no value: "token"'],
    ['filesystem', {}, 'connectors: required field has no value: "root_path"'],
    ['filesystem', { root_path: 'relative' }, 'field "root_path" does not have the expected form'],
    ['filesystem', { root_path: '/{{credential:other}}' }, 'field "root_path" must not hold "{{"'],
    [
      'postgres',
      { ...postgres, host: 'db.example/x?sslmode=disable#' },
      'field "host" must be one host name or IP address',
    ],
    ['postgres', { ...postgres, port: '70000' }, 'field "port" must be a port from 1 to 65535'],
    ['postgres', { ...postgres, ssl: 'no' }, 'field "ssl" must be one of require, prefer, disable'],
    ['slack', { bot_token: 'x', team_id: 'nonsense' }, 'field "team_id" does not have the expected form'],
  ])('answers 400 for %s with %j', async (connectorId, fields, detail) => {
    const { response, error } = await install(connectorId, { fields });
    expect([response.status, error?.detail]).toEqual([400, detail]);
    expect(JSON.stringify(error)).not.toContain(canary);
  });

  it('looks the connector up before it reads the body', async () => {
    const send = (id: string) =>
      test.call(`/api/v1/connectors/${id}/install?workspace_id=${owner.workspaceId}`, {
        method: 'POST',
        token: owner.token,
        body: '{',
      });
    expect([(await send('nobody')).status, (await send('github')).status]).toEqual([404, 400]);
  });

  it('takes the slug of a workspace as well as its id', async () => {
    const { slug } = await test.prisma.client.workspace.findUniqueOrThrow({ where: { id: owner.workspaceId } });
    expect((await install('everything', {}, { ...owner, workspaceId: slug })).response.status).toBe(201);
  });

  it('numbers the name where it is taken, at either level and by several at once', async () => {
    const { workspaceId } = owner;
    const crewId = await test.seed.crew(workspaceId);
    await test.seed.integration(workspaceId, { name: 'github' });
    await test.seed.crewIntegration(workspaceId, crewId, { name: 'github-3' });
    const made = await Promise.all(
      [null, null, crewId, null].map((crew_id) => install('github', { crew_id, fields: { token: canary } })),
    );
    expect(made.map(({ response }) => response.status)).toEqual([201, 201, 201, 201]);
    const where = { workspaceId, origin: 'connector' };
    const rows = [
      ...(await test.prisma.client.workspaceIntegration.findMany({ where })),
      ...(await test.prisma.client.crewIntegration.findMany({ where })),
    ];
    expect(rows.map(({ name }) => name).sort()).toEqual(['github-2', 'github-4', 'github-5', 'github-6']);
  });

  it('is a matter of managers and above', async () => {
    for (const [role, status] of [
      ['MEMBER', 403],
      ['VIEWER', 403],
      ['MANAGER', 201],
    ] as const) {
      const member = await test.seed.member(owner.workspaceId, role);
      expect((await install('everything', {}, member)).response.status).toBe(status);
    }
    const stranger = await test.seed.workspace();
    const { response } = await install('everything', {}, { ...stranger, workspaceId: owner.workspaceId });
    expect(response.status).toBe(403);
  });

  it('lists what was installed and takes it away with its credentials; installing again works', async () => {
    const crewId = await test.seed.crew(owner.workspaceId);
    const first = await installed('github', { fields: { token: canary } });
    test.clock.advanceMs(1);
    const second = await installed('github', { name: 'Ours', crew_id: crewId, fields: { token: canary } });
    const agentId = await test.seed.agent(owner.workspaceId);
    await test.seed.binding(owner.workspaceId, agentId, { workspaceIntegrationId: first });
    const params = { path: { connectorId: 'github' } };
    const listed = async (as = owner) => (await test.as(as).GET(installations, { params })).data ?? [];
    expect(
      (await listed()).map(({ integration_id, scope, crew_id, name, display_name }) => [
        integration_id,
        scope,
        crew_id,
        name,
        display_name,
      ]),
    ).toEqual([
      [second, 'crew', crewId, 'github-2', 'Ours'],
      [first, 'workspace', null, 'github', 'GitHub'],
    ]);
    expect(await listed(await test.seed.workspace())).toEqual([]);
    for (const integrationId of [first, second]) {
      const remove = () =>
        test.as(owner).DELETE(installation, { params: { path: { connectorId: 'github', integrationId } } });
      expect((await remove()).data).toEqual({ status: 'deleted' });
      expect((await remove()).response.status).toBe(404);
      expect(await credentialsOf(integrationId)).toEqual([]);
    }
    expect(await test.prisma.client.agentBinding.count({ where: { agentId } })).toBe(0);
    const again = await installed('github', { fields: { token: canary } });
    expect((await getIntegration(again))?.name).toBe('github');
  });

  it('lets nobody below administrators uninstall, and nothing that the connector did not make', async () => {
    const integrationId = await installed('everything', {});
    const own = await test.seed.integration(owner.workspaceId, { name: 'own' });
    const remove = async (as: SeededMember, connectorId: string, id: string) =>
      (await test.as(as).DELETE(installation, { params: { path: { connectorId, integrationId: id } } })).response
        .status;
    expect(await remove(await test.seed.member(owner.workspaceId, 'MANAGER'), 'everything', integrationId)).toBe(403);
    expect(await remove(owner, 'everything', own)).toBe(404);
    expect(await remove(owner, 'github', integrationId)).toBe(404);
    expect(await remove(await test.seed.workspace(), 'everything', integrationId)).toBe(404);
  });

  it('keeps every secret out of rows, answers, audit and log', async () => {
    const crewId = await test.seed.crew(owner.workspaceId);
    const answers = [
      await install('github', { fields: { token: canary } }),
      await install('postgres', { crew_id: crewId, fields: postgres }),
    ].map(({ data }) => data);
    const lists = await Promise.all([
      test.as(owner).GET('/api/v1/integrations'),
      test.as(owner).GET('/api/v1/credentials'),
      test.as(owner).GET(installations, { params: { path: { connectorId: 'github' } } }),
    ]);
    const where = { workspaceId: owner.workspaceId };
    const rows = await Promise.all([
      test.prisma.client.workspaceIntegration.findMany({ where }),
      test.prisma.client.crewIntegration.findMany({ where }),
      test.prisma.client.credential.findMany({ where }),
      test.prisma.client.auditLog.findMany({ where }),
    ]);
    expect(rows.map((each) => each.length > 0)).toEqual([true, true, true, true]);
    const everything = JSON.stringify([answers, lists.map(({ data }) => data), rows]) + test.logs.join('\n');
    for (const form of [canary, encodeURIComponent(`${canary}@/:`), Buffer.from(canary).toString('base64')]) {
      expect(everything).not.toContain(form);
    }
  });

  it('records installing and uninstalling', async () => {
    const integrationId = await installed('everything', { name: 'Demo' });
    await test.as(owner).DELETE(installation, { params: { path: { connectorId: 'everything', integrationId } } });
    const rows = await test.prisma.client.auditLog.findMany({
      where: { workspaceId: owner.workspaceId, entityType: 'CONNECTOR' },
      orderBy: { action: 'asc' },
    });
    expect(rows.map(({ action, entityId, metadata }) => [action, entityId, metadata])).toEqual([
      [
        'connector.install',
        integrationId,
        {
          connector_id: 'everything',
          connector_name: 'Everything (MCP demo)',
          auth_mode: 'none',
          display_name: 'Demo',
          crew_id: null,
        },
      ],
      ['connector.uninstall', integrationId, { connector_id: 'everything', display_name: 'Demo', crew_id: null }],
    ]);
  });
});
