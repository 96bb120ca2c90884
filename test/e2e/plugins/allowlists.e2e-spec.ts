import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { archiveOf } from '../../../libs/sources/src/tar.fixture.js';
import { type PluginsApp, startPluginsApp } from './plugins-app.fixture.js';

const adminToken = 'an-administrator-token-of-this-test';

let test: PluginsApp;
let top: SeededMember;
let middle: SeededMember;
let leaf: SeededMember;

beforeAll(async () => {
  test = await startPluginsApp({ env: { ADMIN_TOKEN: adminToken } });
});
afterAll(() => test.close());
beforeEach(async () => {
  [top, middle, leaf] = await Promise.all([test.seed.workspace(), test.seed.workspace(), test.seed.workspace()]);
  await below(middle, top);
  await below(leaf, middle);
  test.github.asked.length = 0;
  test.github.answers.set('/acme/review/tar.gz/v1', archiveOf({ 'plugin.yaml': 'version: 1' }));
});

async function below({ workspaceId }: SeededMember, parent: SeededMember | null): Promise<void> {
  const data = { parentId: parent?.workspaceId ?? null, updatedAt: test.clock.now() };
  const where = { workspaceId };
  await test.prisma.client.workspaceRuntime.upsert({
    where,
    create: { ...data, ...where, createdAt: test.clock.now() },
    update: data,
  });
}

async function list(of: Pick<SeededMember, 'workspaceId'>, json?: unknown, token = adminToken) {
  const init = json === undefined ? { token } : { token, method: 'PUT', json };
  const response = await test.call(`/api/v1/orgs/${of.workspaceId}/plugins/allowlist`, init);
  return {
    status: response.status,
    body: (await response.json()) as { detail: string; plugins: { plugin_name: string }[] },
  };
}

const allow = (of: SeededMember, ...plugins: string[]) => list(of, { plugins, enabled_by: 'security' });
const install = async (by: SeededMember) => (await test.install(by, { source: 'github://acme/review#v1' })).status;

describe('the list of an organisation', () => {
  it('allows everything until it names something', async () => {
    expect((await list(top)).body).toEqual({ org_id: top.workspaceId, plugins: [], allow_all: true });
    expect(await install(leaf)).toBe(200);
  });

  it('is replaced whole, and an empty one allows everything again', async () => {
    await allow(top, 'one', 'two');
    test.clock.advanceMs(1_000);

    expect((await allow(top, 'two', 'three', 'two')).body).toEqual({
      org_id: top.workspaceId,
      plugins: ['three', 'two'].map((plugin_name) => ({
        plugin_name,
        enabled_by: 'security',
        enabled_at: test.clock.now().toISOString(),
      })),
      allow_all: false,
    });
    test.clock.advanceMs(1_000);
    expect((await allow(top)).body).toMatchObject({ plugins: [], allow_all: true });
    const rows = await test.prisma.client.auditLog.findMany({
      where: { workspaceId: top.workspaceId, action: 'plugin_allowlist.update' },
      orderBy: { id: 'asc' },
    });
    expect(rows[1]?.metadata).toEqual({ enabled_by: 'security', added: ['three'], removed: ['one'] });
  });

  it('holds for every workspace below, however far, before anything is fetched', async () => {
    await allow(top, 'other');

    const refusals = [await install(top), await install(middle), await install(leaf)];

    expect(refusals).toEqual([403, 403, 403]);
    expect(test.github.asked).toEqual([]);
    const { body } = await test.install(leaf, { source: 'github://acme/review#v1' });
    expect([body.detail, body.source]).toEqual([
      'plugin "review" is not in the org allowlist',
      'github://acme/review#v1',
    ]);
  });

  it('is narrowed below, never widened', async () => {
    await allow(top, 'review', 'other');
    await allow(middle, 'other');
    expect([await install(top), await install(middle), await install(leaf)]).toEqual([200, 403, 403]);
    await allow(top, 'other');
    await allow(middle, 'review');
    expect([await install(top), await install(middle)]).toEqual([403, 403]);
  });

  it('does not hold above', async () => {
    await allow(leaf, 'other');

    expect([await install(leaf), await install(middle)]).toEqual([403, 200]);
  });

  it('refuses everything where the hierarchy is a circle', async () => {
    await below(top, leaf);

    expect(await install(leaf)).toBe(403);
    await below(top, null);
  });

  it('counts that is in force when the plugin has been fetched', async () => {
    const answer = test.install(leaf, { source: 'github://acme/slow#v1' });
    test.github.answers.set('/acme/slow/tar.gz/v1', archiveOf({ a: Buffer.alloc(20_000_000, 'a') }));
    while (test.github.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await allow(top, 'other');

    const { status } = await answer;
    const installed = (await test.at(leaf)).body.length;
    expect([status, installed]).toEqual(status === 403 ? [403, 0] : [200, 1]);
  });

  it('leaves what is installed', async () => {
    await install(leaf);
    await allow(top, 'other');

    expect((await test.at(leaf)).body).toHaveLength(1);
  });

  it.each([
    [{ plugins: ['a/b'], enabled_by: 'x' }, 'invalid plugin name'],
    [{ plugins: ['..'], enabled_by: 'x' }, 'invalid plugin name'],
    [{ plugins: [] }, 'enabled_by is required'],
    [{ plugins: [], enabled_by: '' }, 'enabled_by is required'],
    [{ enabled_by: 'x' }, 'plugins is required'],
  ])('refuses %j', async (body, detail) => {
    const answer = await list(top, body);

    expect([answer.status, answer.body.detail]).toEqual([400, detail]);
  });

  it('is the instance administrator’s alone', async () => {
    expect((await list(top, undefined, top.token)).status).toBe(403);
    expect((await list(top, { plugins: [], enabled_by: 'x' }, top.token)).status).toBe(403);
    expect(await list({ workspaceId: 'nowhere' })).toMatchObject({ status: 404, body: { detail: 'org not found' } });
  });

  it('stands whole when two are put at once', async () => {
    const wishes = [['a', 'b'], ['c', 'd'], ['e'], ['f', 'g']];

    const answers = await Promise.all(wishes.map((names) => allow(top, ...names)));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const standing = (await list(top)).body.plugins.map(({ plugin_name }) => plugin_name);
    expect(wishes).toContainEqual(standing);
  });
});
