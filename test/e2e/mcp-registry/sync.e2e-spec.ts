import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { change, type RegistryApp, remove, settledSync, startRegistryApp, syncOf } from './registry-app.fixture.js';

const path = '/api/v1/mcp-registry/sync';
const hourMs = 3_600_000;

describe('syncing the registry', () => {
  let app: RegistryApp;
  let viewer: SeededMember;

  beforeAll(async () => {
    app = await startRegistryApp(250);
    const { seed } = app.test;
    viewer = await seed.member((await seed.workspace()).workspaceId, 'VIEWER');
  });
  afterAll(() => app.close());

  const listed = async (): Promise<number> => {
    const { response } = await app.test.as(viewer).GET('/api/v1/mcp-registry', { params: { query: { limit: 1 } } });
    return Number(response.headers.get('x-total-count'));
  };

  it('tells that nothing was synced yet, and lists nothing', async () => {
    expect(await syncOf(app.test, viewer)).toMatchObject({
      state: 'idle',
      mode: null,
      pages: 0,
      last_success_at: null,
    });
    expect(await listed()).toBe(0);
  });

  it('is refused to callers outside the workspace, which starts no cooldown', async () => {
    const stranger = await app.test.seed.workspace();
    const refused = await app.test.as({ ...stranger, workspaceId: viewer.workspaceId }).POST(path);
    expect(refused.response.status).toBe(403);
    expect((await app.test.as(null).POST(path)).response.status).toBe(401);
    expect(app.registry.requests).toEqual([]);
  });

  it('reads everything the first time, latest versions only, a hundred at a time', async () => {
    const { response, data } = await app.test.as(viewer).POST(path);
    expect(response.status).toBe(200);
    expect(data).toMatchObject({
      status: 'sync_started',
      message: 'MCP registry sync has been triggered in the background',
    });
    expect(await settledSync(app.test, viewer)).toMatchObject({
      state: 'idle',
      mode: 'full',
      pages: 3,
      entries: 250,
      skipped: 0,
      last_error: null,
      last_success_at: expect.any(String),
    });
    expect(await listed()).toBe(250);
    expect(app.registry.requests).toHaveLength(3);
    expect(app.registry.requests[0]).toEqual({ version: 'latest', limit: '100' });
    expect(app.registry.requests[1]).toEqual({ version: 'latest', limit: '100', cursor: expect.any(String) });
  });

  it('refuses another one within the hour, whoever asks, and says how long to wait', async () => {
    const elsewhere = await app.test.seed.workspace();
    const { response, error } = await app.test.as(elsewhere).POST(path);
    expect(response.status).toBe(429);
    expect(error).toMatchObject({ detail: 'Sync was triggered recently, please wait before retrying' });
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(3_500);
  });

  it('makes one request when nothing has changed', async () => {
    app.test.clock.advanceMs(hourMs + 1);
    app.registry.requests.length = 0;
    await app.test.as(viewer).POST(path);
    expect(await settledSync(app.test, viewer)).toMatchObject({ state: 'idle', mode: 'incremental', removed: 0 });
    expect(app.registry.requests).toEqual([
      { version: 'latest', limit: '100', updated_since: expect.stringMatching(/^2025-10-17T/) },
    ]);
    expect(await listed()).toBe(250);
  });

  it('takes over what changed and drops what was deleted', async () => {
    change(app.registry, 'io.github.publisher-000003/weather-mcp', {
      description: 'Now with forecasts',
      version: '9.0.0',
    });
    remove(app.registry, 'io.github.publisher-000010/github-mcp');
    app.test.clock.advanceMs(2 * hourMs);
    await app.sync();
    expect(await syncOf(app.test, viewer)).toMatchObject({ mode: 'incremental', removed: 1 });
    expect(await listed()).toBe(249);
    const changed = await app.test.as(viewer).GET('/api/v1/mcp-registry/{name}', {
      params: { path: { name: 'io.github.publisher-000003/weather-mcp' } },
    });
    expect(changed.data).toMatchObject({ description: 'Now with forecasts', version: '9.0.0' });
    const gone = await app.test.as(viewer).GET('/api/v1/mcp-registry/{name}', {
      params: { path: { name: 'io.github.publisher-000010/github-mcp' } },
    });
    expect(gone.response.status).toBe(404);
  });

  it('runs by itself no more often than it is due', async () => {
    app.registry.requests.length = 0;
    await app.sync();
    expect(app.registry.requests).toEqual([]);
  });

  it('notes who asked for it in the audit log', async () => {
    const rows = await app.test.prisma.client.auditLog.findMany({ where: { action: 'mcp_registry.sync' } });
    expect(rows.map(({ userId }) => userId)).toEqual([viewer.userId, viewer.userId]);
  });

  it('reads everything again once a week, so that nothing is missed for good', async () => {
    app.registry.entries = app.registry.entries.slice(0, 240);
    app.test.clock.advanceMs(8 * 24 * hourMs);
    await app.sync();
    expect(await syncOf(app.test, viewer)).toMatchObject({ mode: 'full', removed: 10 });
    expect(await listed()).toBe(239);
  });
});
