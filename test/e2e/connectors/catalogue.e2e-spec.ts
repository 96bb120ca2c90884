import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { type ManifestFolder, manifestFolder, tokenField } from './connector-world.fixture.js';

const one = '/api/v1/connectors/{connectorId}';
const adminToken = 'admin-token-of-this-test-0123456789';

describe('the catalogue of connectors', () => {
  let test: TestApp;
  let owner: SeededMember;
  let folder: ManifestFolder;

  beforeAll(async () => {
    const server = { transport: 'streamable-http', endpoint: 'https://mcp.acme.example/mcp' };
    folder = manifestFolder(
      [
        { id: 'acme', category: 'support', description: 'Tickets', fields: [tokenField], mcp: server },
        { id: 'linear', name: 'Not Linear', auth_mode: 'none', mcp: server },
      ],
      { 'broken.yaml': 'id: broken\nsurprise: 1\n' },
    );
    test = await startTestApp({ env: { CONNECTORS_DIR: folder.path, ADMIN_TOKEN: adminToken } });
    owner = await test.seed.workspace();
  });
  afterAll(async () => {
    await test.close();
    folder.remove();
  });

  it('lists the bundled connectors and then those of the operator, in the order of their files', async () => {
    const { data = [], response } = await test.as({ token: owner.token }).GET('/api/v1/connectors');
    const ids = data.map(({ id }) => id);
    expect(
      ids.filter((id) => ['everything', 'filesystem', 'github', 'linear', 'postgres', 'slack'].includes(id)),
    ).toEqual(['everything', 'filesystem', 'github', 'linear', 'postgres', 'slack']);
    expect(ids.at(-1)).toBe('acme');
    expect(response.headers.get('x-total-count')).toBe(String(ids.length));
    expect(data.find(({ id }) => id === 'github')).toEqual({
      id: 'github',
      name: 'GitHub',
      description: expect.any(String),
      category: 'developer-tools',
      auth_mode: 'pat',
      brand_logo: expect.stringMatching(/\/api\/v1\/connectors\/github\/logo\.svg$/),
      brand_color: '#181717',
    });
  });

  it('says which of them a named workspace has, and how often, at either level', async () => {
    const made = { origin: 'connector', originRef: 'slack' };
    await test.seed.integration(owner.workspaceId, made);
    await test.seed.crewIntegration(owner.workspaceId, await test.seed.crew(owner.workspaceId), made);
    const other = await test.seed.workspace();
    const installedIn = async (member: SeededMember) => {
      const { data = [] } = await test.as(member).GET('/api/v1/connectors', { params: { query: { q: 'slack' } } });
      return data.map(({ id, installed, installation_count }) => [id, installed, installation_count]);
    };
    expect(await installedIn(owner)).toEqual([['slack', true, 2]]);
    expect(await installedIn(other)).toEqual([['slack', false, 0]]);
  });

  it('is searched by words, filtered by category and answered in pages', async () => {
    const found = async (query: { q?: string; category?: string; limit?: number; offset?: number }) => {
      const { data = [], response } = await test.as(owner).GET('/api/v1/connectors', { params: { query } });
      return [data.map(({ id }) => id), response.headers.get('x-total-count')];
    };
    expect(await found({ category: 'support' })).toEqual([['acme'], '1']);
    expect(await found({ q: 'TICKETS acme' })).toEqual([['acme'], '1']);
    expect(await found({ q: 'nothing-like-it' })).toEqual([[], '0']);
    const [all, total] = await found({});
    expect(await found({ limit: 2, offset: 1 })).toEqual([(all ?? []).slice(1, 3), total]);
  });

  it('refuses a workspace that the caller is no member of', async () => {
    const stranger = await test.seed.workspace();
    const { response } = await test
      .as({ token: stranger.token, workspaceId: owner.workspaceId })
      .GET('/api/v1/connectors');
    expect(response.status).toBe(403);
  });

  it('answers a manifest as its file has it', async () => {
    const { data } = await test.as({ token: owner.token }).GET(one, { params: { path: { connectorId: 'postgres' } } });
    expect(data).toMatchObject({
      id: 'postgres',
      version: 1,
      brand: { logo: 'postgres', color: '#336791' },
      auth_mode: 'conn_string',
      derived: { dsn: expect.stringContaining('${field.password}') },
      verify: { sql: { driver: 'postgres', dsn: '${derived.dsn}' } },
    });
    expect(data?.fields?.map(({ key }) => key)).toEqual(['host', 'port', 'database', 'user', 'password', 'ssl']);
    expect(data?.sources).not.toHaveLength(0);
    const { data: linear } = await test.as(owner).GET(one, { params: { path: { connectorId: 'linear' } } });
    expect([linear?.name, linear && 'fields' in linear]).toEqual(['Linear', false]);
  });

  it('answers 404 for a connector that there is none of', async () => {
    for (const connectorId of ['nobody', '__proto__', 'constructor']) {
      const { response, error } = await test.as(owner).GET(one, { params: { path: { connectorId } } });
      expect([response.status, error?.detail]).toEqual([404, 'connector not found']);
    }
  });

  it('publishes the schema of its files to anybody, closed and cacheable', async () => {
    const response = await test.call('/api/v1/connectors/schema.json');
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'public, max-age=3600']);
    expect(await response.json()).toMatchObject({ additionalProperties: false, properties: { id: {}, mcp: {} } });
  });

  it('draws a picture that runs nothing, for anybody', async () => {
    const response = await test.call('/api/v1/connectors/github/logo.svg');
    expect(response.headers.get('content-type')).toMatch(/^image\/svg\+xml/);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    const svg = await response.text();
    expect(svg).toContain('#181717');
    expect(svg).not.toMatch(/script|style|href|on\w+=/i);
    expect((await test.call('/api/v1/connectors/nobody/logo.svg')).status).toBe(404);
  });

  it('leaves bad files out and tells the operator why, and nobody else', async () => {
    const response = await test.call('/api/v1/admin/connectors', { token: adminToken });
    expect(await response.json()).toMatchObject({
      faults: [
        {
          file: 'broken.yaml',
          origin: 'folder',
          reasons: expect.arrayContaining([expect.stringContaining('surprise')]),
        },
        { file: 'linear.yaml', origin: 'folder', reasons: ['id: "linear" is already the id of linear.yaml'] },
      ],
    });
    expect(test.logs.filter((line) => line.includes('broken.yaml'))).toHaveLength(1);
    expect((await test.call('/api/v1/admin/connectors', { token: owner.token })).status).toBe(403);
  });

  it('starts without the folder of the operator when that cannot be read', async () => {
    const second = await startTestApp({ env: { CONNECTORS_DIR: '/nowhere/at/all' }, database: test.database });
    const { data = [] } = await second.as({ token: owner.token }).GET('/api/v1/connectors');
    expect(data.length).toBeGreaterThanOrEqual(6);
    expect(second.logs.some((line) => line.includes('CONNECTORS_DIR cannot be read'))).toBe(true);
    await second.close();
  });
});
