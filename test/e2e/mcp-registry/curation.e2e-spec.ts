import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { entryOf } from '../../counterparts/registry-server/registry-entries.mjs';
import { change, type RegistryApp, remove, startRegistryApp } from './registry-app.fixture.js';

const path = '/api/v1/admin/mcp-registry/{name}';
const hourMs = 3_600_000;
const adminToken = 'the-instance-administrator-0123456789';
const nameOf = (n: number): string => entryOf(n).server.name;

describe('curating the MCP registry', () => {
  let app: RegistryApp;
  let owner: SeededMember;

  beforeAll(async () => {
    app = await startRegistryApp(30, {}, { ADMIN_TOKEN: adminToken });
    await app.sync();
    owner = await app.test.seed.workspace();
  });
  afterAll(() => app.close());

  const curate = (name: string, body: object, token = adminToken) =>
    app.test.as({ token }).PATCH(path, { params: { path: { name } }, body });
  const get = async (name: string) =>
    (await app.test.as(owner).GET('/api/v1/mcp-registry/{name}', { params: { path: { name } } })).data;
  const listed = async (query: object = {}) => {
    const { data, response } = await app.test.as(owner).GET('/api/v1/mcp-registry', { params: { query } });
    return { names: data?.map(({ name }) => name), total: response.headers.get('x-total-count') };
  };
  const audited = (entityId: string) => app.test.prisma.client.auditLog.findMany({ where: { entityId } });

  it('puts a featured entry at the head of the list that was read a moment before', async () => {
    expect((await listed()).names?.[0]).toBe(nameOf(0));
    const { response, data } = await curate(nameOf(9), {
      trust_tier: 'crewship',
      is_featured: true,
      category: ' Finance ',
    });
    expect(response.status).toBe(200);
    expect(data).toMatchObject({ trust_tier: 'crewship', is_featured: true, category: 'Finance' });
    expect((await listed()).names?.[0]).toBe(nameOf(9));
    expect(await listed({ trust_tier: 'crewship' })).toEqual({ names: [nameOf(9)], total: '1' });
    const found = await app.test.as(owner).GET('/api/v1/mcp-registry/search', { params: { query: { q: 'finance' } } });
    expect(found.data).toMatchObject([{ name: nameOf(9) }]);
  });

  it('is kept by syncs that change the entry, that lose it and that find it again (row 37)', async () => {
    const curated = { trust_tier: 'anthropic', is_featured: true, category: 'Maps' };
    await curate(nameOf(4), curated);
    change(app.registry, nameOf(4), { version: '9.9.9' });
    app.test.clock.advanceMs(2 * hourMs);
    await app.sync();
    expect(await get(nameOf(4))).toMatchObject({ version: '9.9.9', ...curated });
    remove(app.registry, nameOf(4));
    app.test.clock.advanceMs(2 * hourMs);
    await app.sync();
    expect((await curate(nameOf(4), { is_featured: false })).response.status).toBe(404);
    const entry = app.registry.find(nameOf(4));
    if (entry) Object.assign(Object.values(entry._meta)[0] ?? {}, { status: 'active' });
    app.test.clock.advanceMs(8 * 24 * hourMs);
    await app.sync();
    expect(await get(nameOf(4))).toMatchObject(curated);
  });

  it('is audited with what changed, and not at all when nothing did', async () => {
    const name = nameOf(11);
    await curate(name, { is_featured: true, trust_tier: null });
    await curate(name, { is_featured: true });
    await curate(name, {});
    expect(await audited(name)).toMatchObject([
      {
        action: 'mcp_registry.curate',
        actorType: 'instance_admin',
        workspaceId: null,
        metadata: { isFeatured: { from: false, to: true } },
      },
    ]);
  });

  it('takes the slash of a name as it is, and finds an entry before it judges the body', async () => {
    const direct = await fetch(`${app.test.url}/api/v1/admin/mcp-registry/${nameOf(12)}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ category: 'Plain' }),
    });
    expect(await direct.json()).toMatchObject({ name: nameOf(12), category: 'Plain' });
    expect((await curate('io.github.nobody/none', { trust_tier: 7 })).response.status).toBe(404);
  });

  it.each([
    [{ trust_tier: 'gold' }, 'trust_tier must be one of anthropic, crewship, community'],
    [{ is_featured: 'yes' }, 'is_featured must be true or false'],
    [{ category: 'x'.repeat(101) }, 'category must be at most 100 characters long'],
  ])('refuses %j', async (body, detail) => {
    const { response, error } = await curate(nameOf(1), body);
    expect([response.status, error?.detail]).toEqual([400, detail]);
  });

  it('is for the instance administrator only', async () => {
    expect((await curate(nameOf(1), { is_featured: true }, owner.token)).response.status).toBe(403);
    expect((await curate(nameOf(1), { is_featured: true }, 'nobody')).response.status).toBe(401);
    expect(await get(nameOf(1))).toMatchObject({ is_featured: false });
  });

  it('and a sync at the same moment both come to their end', async () => {
    app.test.clock.advanceMs(8 * 24 * hourMs);
    const names = Array.from({ length: 20 }, (_, n) => nameOf(n));
    const [, ...answers] = await Promise.all([app.sync(), ...names.map((name) => curate(name, { category: 'Both' }))]);
    expect(answers.map(({ response }) => response.status)).toEqual(Array(20).fill(200));
    const kept = await app.test.prisma.client.registryServer.count({ where: { category: 'Both' } });
    expect(kept).toBe(20);
  });
});
