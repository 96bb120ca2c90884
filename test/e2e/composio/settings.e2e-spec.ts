import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { type ComposioApp, keys, startComposioApp } from './composio-app.fixture.js';

const path = '/api/v1/integrations/composio/settings';

describe('the key to Composio', () => {
  let app: ComposioApp;
  let owner: SeededMember;

  beforeAll(async () => {
    app = await startComposioApp();
  });
  beforeEach(async () => {
    app.stub.reset();
    owner = await app.test.seed.workspace();
  });
  afterAll(() => app.close());

  const get = async (caller = owner) => (await app.test.as(caller).GET(path)).data;
  const put = (body: object, caller = owner) => app.test.as(caller).PUT(path, { body: body as { api_key: string } });
  const remove = (caller = owner) => app.test.as(caller).DELETE(path);
  const rowOf = ({ workspaceId }: SeededMember) =>
    app.test.prisma.client.composioSettings.findUnique({ where: { workspaceId } });
  const auditOf = ({ workspaceId }: SeededMember) =>
    app.test.prisma.client.auditLog.findMany({
      where: { workspaceId, action: { startsWith: 'composio_settings.' } },
      orderBy: { createdAt: 'asc' },
    });
  const revisionOf = async ({ workspaceId }: SeededMember) =>
    (await app.test.prisma.client.workspaceRevision.findUniqueOrThrow({ where: { workspaceId } })).revision;

  it('is missing at first, and a label is shown only where there is one', async () => {
    expect(await get()).toEqual({ configured: false, source: 'none' });
    expect((await put({ api_key: keys.ours })).data).toEqual({ configured: true, source: 'workspace' });
    const labelled = { configured: true, source: 'workspace', label: ' Crewship_dev_1 ' };
    expect((await put({ api_key: keys.ours, label: ' Crewship_dev_1 ' })).data).toEqual(labelled);
    expect(await get()).toEqual(labelled);
    expect((await put({ api_key: keys.ours, label: '' })).data).toEqual({ configured: true, source: 'workspace' });
  });

  it('is asked for at Composio before it is stored, sealed and without the spaces around it', async () => {
    await put({ api_key: `  ${keys.ours}\n`, label: 'dev' });
    expect(app.stub.calls).toMatchObject([
      { operation: 'toolkits.list', key: keys.ours, path: '/api/v3.1/toolkits?limit=1' },
    ]);
    const row = await rowOf(owner);
    expect(row?.sealedApiKey).toMatch(/^v1\./);
    expect(JSON.stringify(row)).not.toContain(keys.ours);
    expect(row).toMatchObject({ label: 'dev', createdById: owner.userId });
  });

  it('replaces the one before for the very next request, and is gone at once when removed', async () => {
    app.stub.project(keys.second).toolkits.length = 1;
    const toolkits = async () => (await app.test.as(owner).GET('/api/v1/integrations/composio/toolkits')).data;
    await put({ api_key: keys.ours });
    expect(await toolkits()).toMatchObject({ enabled: true, total: 5 });
    const before = await revisionOf(owner);
    await put({ api_key: keys.second });
    expect(await toolkits()).toMatchObject({ enabled: true, total: 1 });
    expect(await revisionOf(owner)).toBeGreaterThan(before);
    expect((await remove()).data).toEqual({ configured: false, source: 'none' });
    expect(await toolkits()).toEqual({ enabled: false, total: 0, toolkits: [] });
    expect(await rowOf(owner)).toBeNull();
  });

  it('is audited when it changes, without the key, and not when nothing was there to remove', async () => {
    await put({ api_key: keys.ours, label: 'one' });
    app.test.clock.advanceMs(1);
    await put({ api_key: keys.second, label: 'two' });
    app.test.clock.advanceMs(1);
    await remove();
    await remove();
    const rows = await auditOf(owner);
    expect(rows.map(({ action, metadata }) => [action, metadata])).toEqual([
      ['composio_settings.update', { label: 'one', replaced: false }],
      ['composio_settings.update', { label: 'two', replaced: true }],
      ['composio_settings.delete', {}],
    ]);
    expect(new Set(rows.map(({ entityType, userId }) => `${entityType} ${userId}`))).toEqual(
      new Set([`COMPOSIO_SETTINGS ${owner.userId}`]),
    );
  });

  it.each([
    ['no object', '[]', 'Invalid JSON body'],
    ['no JSON', '{"api_key":', 'Invalid JSON body'],
    ['without a key', '{}', 'api_key is required'],
    ['with an empty key', '{"api_key": "", "label": 5}', 'api_key is required'],
    ['with a blank key', '{"api_key": " \\t "}', 'api_key is required'],
    ['with null for a key', '{"api_key": null}', 'api_key is required'],
    ['with a key of another type', '{"api_key": 5}', 'api_key must be a string'],
    ['with a key that is too long', `{"api_key": "${'k'.repeat(513)}"}`, 'api_key must be at most 512 characters long'],
    ['with a label of another type', `{"api_key": "${keys.ours}", "label": {}}`, 'label must be a string'],
  ])('refuses a body that is %s, and asks nobody', async (_case, body, detail) => {
    const response = await app.test.call(`${path}?workspace_id=${owner.workspaceId}`, {
      method: 'PUT',
      token: owner.token,
      body,
      headers: { 'Content-Type': 'application/json' },
    });
    expect([response.status, ((await response.json()) as { detail: string }).detail]).toEqual([400, detail]);
    expect(app.stub.calls).toEqual([]);
  });

  it('is refused with 400 when Composio rejects it, and the one before stays', async () => {
    await put({ api_key: keys.ours, label: 'good' });
    for (const bad of ['ak_unknown', 'ключ', 'two words']) {
      const { response, error } = await put({ api_key: bad, label: 'bad' });
      expect([response.status, error?.detail]).toEqual([
        400,
        'Composio rejected this API key (check the key and project)',
      ]);
    }
    app.stub.disturb('toolkits.list', { status: 403 });
    expect((await put({ api_key: keys.second })).response.status).toBe(400);
    expect(await get()).toEqual({ configured: true, source: 'workspace', label: 'good' });
    expect(await auditOf(owner)).toHaveLength(1);
  });

  it('is refused with 502 when Composio cannot say, and nothing is stored', async () => {
    const now = { 'retry-after-ms': '1' };
    app.stub.disturb('toolkits.list', { status: 503, headers: now, body: { message: 'maintenance' }, times: 3 });
    const { response, error } = await put({ api_key: keys.ours });
    expect([response.status, error?.detail]).toEqual([
      502,
      'Composio upstream error (validate api key failed with HTTP 503: maintenance) — Composio may be degraded, retry shortly',
    ]);
    expect(await get()).toEqual({ configured: false, source: 'none' });
    expect(await auditOf(owner)).toEqual([]);
  });

  it('may be read by every role, and changed by owners and administrators only', async () => {
    for (const role of ['VIEWER', 'MEMBER', 'MANAGER'] as const) {
      const member = await app.test.seed.member(owner.workspaceId, role);
      expect(await get(member)).toEqual({ configured: false, source: 'none' });
      expect((await put({}, member)).response.status).toBe(403);
      expect((await remove(member)).response.status).toBe(403);
    }
    const admin = await app.test.seed.member(owner.workspaceId, 'ADMIN');
    expect((await put({ api_key: keys.ours }, admin)).response.status).toBe(200);
    expect((await remove(admin)).response.status).toBe(200);
  });

  it('is closed to tokens whose scopes do not cover the workspace', async () => {
    const token = await app.test.seed.cliToken(owner.userId, { scopes: ['agents:write'] });
    expect((await put({ api_key: keys.ours }, { ...owner, token })).response.status).toBe(403);
    expect(await get({ ...owner, token })).toEqual({ configured: false, source: 'none' });
  });

  it('is one workspace’s alone', async () => {
    const stranger = await app.configured(keys.theirs);
    expect(await get()).toEqual({ configured: false, source: 'none' });
    await remove();
    expect(await get(stranger)).toEqual({ configured: true, source: 'workspace' });
    const { response } = await app.test.as({ ...stranger, workspaceId: owner.workspaceId }).DELETE(path);
    expect(response.status).toBe(403);
  });

  it('ends as one of those that were sent at the same moment', async () => {
    const sent = Array.from({ length: 8 }, (_, n) => ({ api_key: n % 2 ? keys.ours : keys.second, label: `n${n}` }));
    const answers = await Promise.all([...sent.map((body) => put(body)), remove(), remove()]);
    expect(answers.map(({ response }) => response.status)).toEqual(answers.map(() => 200));
    await put({ api_key: keys.ours, label: 'last' });
    expect(await get()).toEqual({ configured: true, source: 'workspace', label: 'last' });
    expect((await app.test.as(owner).GET('/api/v1/integrations/composio/inventory')).data?.enabled).toBe(true);
  });

  it('that cannot be opened is an error, never a reason to use the server’s', async () => {
    await put({ api_key: keys.ours });
    const { workspaceId } = owner;
    await app.test.prisma.client.composioSettings.update({ where: { workspaceId }, data: { sealedApiKey: 'v1.x.y' } });
    expect(await get()).toEqual({ configured: true, source: 'workspace' });
    app.stub.calls.length = 0;
    const { response } = await app.test.as(owner).GET('/api/v1/integrations/composio/inventory');
    expect(response.status).toBe(500);
    expect(app.stub.calls).toEqual([]);
  });
});

describe('the server’s key to Composio', () => {
  let app: ComposioApp;
  beforeAll(async () => {
    app = await startComposioApp({ env: { COMPOSIO_API_KEY: keys.server } });
  });
  afterAll(() => app.close());

  it('counts where a workspace has none, and is never stored as the workspace’s', async () => {
    const owner = await app.test.seed.workspace();
    const api = app.test.as(owner);
    expect((await api.GET(path)).data).toEqual({ configured: true, source: 'env' });
    expect((await api.GET('/api/v1/integrations/composio/inventory')).data?.enabled).toBe(true);
    expect(new Set(app.stub.calls.map(({ key }) => key))).toEqual(new Set([keys.server]));
    await api.PUT(path, { body: { api_key: keys.ours } });
    app.stub.calls.length = 0;
    await api.GET('/api/v1/integrations/composio/inventory');
    expect(new Set(app.stub.calls.map(({ key }) => key))).toEqual(new Set([keys.ours]));
    expect((await api.DELETE(path)).data).toEqual({ configured: true, source: 'env' });
    expect(await app.test.prisma.client.composioSettings.count()).toBe(0);
  });

  it('is ignored where the provider is switched off, while workspaces’ own keys work on', async () => {
    const off = await startComposioApp({
      stub: app.stub,
      env: { COMPOSIO_API_KEY: keys.server, COMPOSIO_ENABLED: 'off' },
    });
    try {
      const owner = await off.test.seed.workspace();
      expect((await off.test.as(owner).GET(path)).data).toEqual({ configured: false, source: 'none' });
      const other = await off.configured();
      const { data } = await off.test.as(other).GET('/api/v1/integrations/composio/inventory');
      expect(data?.enabled).toBe(true);
    } finally {
      await off.close();
    }
  });
});
