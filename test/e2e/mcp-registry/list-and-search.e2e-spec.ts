import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeededUser } from '#testing';
import { entryOf } from '../../counterparts/registry-server/registry-entries.mjs';
import { type RegistryApp, startRegistryApp } from './registry-app.fixture.js';

const path = '/api/v1/mcp-registry';
const featured = 'io.github.publisher-000042/calendar-mcp';

describe('the MCP registry', () => {
  let app: RegistryApp;
  let user: SeededUser;

  beforeAll(async () => {
    app = await startRegistryApp(120);
    app.registry.entries.push(
      named('com.zeta/plain', '100% of_all \\backslashes'),
      named('com.Alpha/upper', 'Upper case sorts before lower case'),
      named('com.zeta/about-email', 'Only its name speaks of it'),
    );
    await app.sync();
    const { client } = app.test.prisma;
    await client.registryServer.update({
      where: { name: featured },
      data: { isFeatured: true, trustTier: 'crewship', category: 'Zeitplanung' },
    });
    user = await app.test.seed.user();
  });
  afterAll(() => app.close());

  const list = async (query: object = {}) => {
    const { data, response } = await app.test.as(user).GET(path, { params: { query } });
    return { names: (data ?? []).map(({ name }) => name), data, response };
  };
  const search = async (q: string, query: object = {}) => {
    const { data, response } = await app.test.as(user).GET(`${path}/search`, { params: { query: { q, ...query } } });
    return { names: (data ?? []).map(({ name }) => name), total: Number(response.headers.get('x-total-count')) };
  };

  it('needs a sign-in and no workspace', async () => {
    expect((await app.test.as(null).GET(path)).response.status).toBe(401);
    expect((await list()).response.status).toBe(200);
  });

  it('lists featured entries first, then by the bytes of the name, fifty unless told', async () => {
    const { names, response } = await list();
    expect(names).toHaveLength(50);
    expect(names.slice(0, 4)).toEqual([featured, 'com.Alpha/upper', 'com.zeta/about-email', 'com.zeta/plain']);
    expect(response.headers.get('x-total-count')).toBe('123');
    expect(response.headers.get('link')).toContain('rel="next"');
  });

  it('clamps the limit to a hundred and pages without a gap', async () => {
    const first = await list({ limit: 1_000 });
    const second = await list({ limit: 100, offset: 100 });
    expect(new Set([...first.names, ...second.names]).size).toBe(123);
    const behind = await list({ offset: 5_000 });
    expect([behind.names, behind.response.headers.get('x-total-count')]).toEqual([[], '123']);
  });

  it.each([
    [{ trust_tier: 'crewship' }, 1],
    [{ featured: 'true' }, 1],
    [{ featured: '0' }, 122],
    [{ trust_tier: 'community', featured: '1' }, 0],
    [{ trust_tier: '', featured: ' ' }, 123],
  ])('filters by %j', async (query, total) => {
    expect((await list(query)).response.headers.get('x-total-count')).toBe(String(total));
  });

  it.each([
    ['trust_tier=gold', 'invalid trust_tier "gold" (allowed: anthropic, crewship, community)'],
    ['featured=maybe', 'invalid featured "maybe" (allowed: true, false, 1, 0)'],
  ])('refuses ?%s with the documented sentence', async (query, detail) => {
    for (const where of [path, `${path}/search`]) {
      const response = await app.test.call(`${where}?q=x&${query}`, { token: user.token });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ detail });
    }
  });

  it('answers every documented member, and all packages and remotes beside them', async () => {
    const { data } = await app.test
      .as(user)
      .GET(`${path}/{name}`, { params: { path: { name: 'io.github.publisher-000004/invoices-mcp' } } });
    expect(data).toMatchObject({
      id: 'io.github.publisher-000004/invoices-mcp',
      display_name: 'Server 4',
      icon: '',
      transport: 'streamable-http',
      endpoint: 'https://{tenant}.mcp-4.example.com/mcp',
      command: '',
      package_name: '',
      package_registry: '',
      auth_type: 'header',
      category: '',
      is_verified: true,
      trust_tier: 'community',
      is_featured: false,
      status: 'active',
      published_at: '2025-10-17T00:04:00.000Z',
      packages: [],
    });
    expect(JSON.parse(data?.env_vars_json ?? '')).toEqual([
      { name: 'Authorization', description: '', isRequired: true, isSecret: true },
    ]);
    expect(data?.remotes).toMatchObject([
      { type: 'sse', http_headers: [], variables: [] },
      { type: 'streamable-http', variables: [{ name: 'tenant', is_required: true }] },
    ]);
    const bare = await app.test
      .as(user)
      .GET(`${path}/{name}`, { params: { path: { name: 'io.github.publisher-000003/weather-mcp' } } });
    expect(bare.data).toMatchObject({ env_vars_json: '[]', auth_type: '' });
  });

  it('takes the slash of a name encoded or as it is, and answers unknown names alike', async () => {
    const direct = await fetch(`${app.test.url}${path}/${featured}`, {
      headers: { authorization: `Bearer ${user.token}` },
    });
    expect(await direct.json()).toMatchObject({ name: featured });
    const missing = ['com.zeta%2Fnone', '..%2F..%2Fetc', 'no-slash', `a%2F${'b'.repeat(300)}`];
    for (const name of missing) {
      const response = await app.test.call(`${path}/${name}`, { token: user.token });
      expect([name, response.status]).toEqual([name, 404]);
      expect(await response.json()).toMatchObject({ detail: 'MCP server not found in the registry' });
    }
    expect((await app.test.call(`${path}/%00%2Fx`, { token: user.token })).status).toBe(404);
  });

  it('finds a substring of name, title, category or description in any case, names first', async () => {
    const email = await search('EMAIL');
    expect(email.total).toBe(13);
    expect(email.names.slice(0, 2)).toEqual(['com.zeta/about-email', 'io.github.publisher-000007/email-mcp']);
    expect((await search('server 117')).names).toEqual(['io.github.publisher-000117/email-mcp']);
    expect((await search('zeitplan')).names).toEqual([featured]);
    const calendar = await search('calendar');
    expect(calendar.names[0]).toBe(featured);
    const upper = await search('upper');
    expect(upper.names).toEqual(['com.Alpha/upper']);
  });

  it('ranks a hit in the name before hits elsewhere', async () => {
    expect((await search('plain')).names[0]).toBe('com.zeta/plain');
    const ofTests = await search('mcp', { limit: 3 });
    expect(ofTests.names[0]).toBe(featured);
    expect(ofTests.total).toBe(120);
  });

  it.each([
    ['%', 1],
    ['100%', 1],
    ['of_all', 1],
    ['_', 1],
    ['\\back', 1],
    ['\\', 1],
    ["'; DROP TABLE users; --", 0],
    ['xq', 0],
    ['z', 3],
  ])('takes every character of %j for itself', async (q, total) => {
    expect((await search(q)).total).toBe(total);
  });

  it('answers the list for a blank search, and combines searching with filters and pages', async () => {
    expect((await search('  ')).total).toBe(123);
    expect(await search('calendar', { featured: 'false', limit: 2, offset: 10 })).toMatchObject({
      total: 11,
      names: ['io.github.publisher-000112/calendar-mcp'],
    });
    expect(await search('calendar', { offset: 50 })).toEqual({ names: [], total: 12 });
  });
});

function named(name: string, description: string) {
  const entry = entryOf(3);
  return { ...entry, server: { ...entry.server, name, description, title: '' } };
}
