import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PrismaService } from '#prisma';
import { type SeededMember, startTestApp, type TestApp } from '#testing';

const signedIn = [
  'system/runtime',
  'system/license',
  'system/keeper',
  'system/aux-status',
  'system/version',
  'crewshipd',
];

describe('the system', () => {
  let test: TestApp;
  let owner: SeededMember;

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace();
  });
  afterAll(() => test.close());

  it('tells anybody that it is alive and ready', async () => {
    expect((await test.as(null).GET('/api/health')).data).toEqual({ status: 'ok' });
    expect((await test.as(null).GET('/api/health/ready')).data).toEqual({ status: 'ok', database: 'ok' });
  });

  it('says within the deadline that it is not ready while the database is silent, and recovers', async () => {
    const prisma = test.app.get(PrismaService, { strict: false });
    const ping = prisma.ping;
    prisma.ping = () => new Promise<void>(() => undefined);
    try {
      const { response, error } = await test.as(null).GET('/api/health/ready');
      expect(response.status).toBe(503);
      expect(response.headers.get('Retry-After')).toBe('2');
      expect(error).toMatchObject({ code: 'system.not_ready' });
      expect((await test.as(null).GET('/api/health')).response.status).toBe(200);
    } finally {
      prisma.ping = ping;
    }
    expect((await test.as(null).GET('/api/health/ready')).response.status).toBe(200);
  });

  it('says that agents do not run here, and shows the process to administrators of a named workspace only', async () => {
    const none = { available: false, runtime: null, version: null, socket: null, runtimes: [], install_links: {} };
    test.clock.advanceMs(5_000);
    const anonymousPlace = await test.as({ token: owner.token }).GET('/api/v1/system/runtime', {});
    expect(anonymousPlace.data).toEqual(none);
    const viewer = await test.seed.member(owner.workspaceId, 'VIEWER');
    expect((await test.as(viewer).GET('/api/v1/system/runtime', {})).data).toEqual(none);
    const { data } = await test.as(owner).GET('/api/v1/system/runtime', {});
    expect(data).toMatchObject({ ...none, server: { node_version: process.versions.node } });
    expect(data?.server?.uptime_seconds).toBeGreaterThanOrEqual(5);
    const stranger = await test.seed.workspace();
    const there = { token: stranger.token, workspaceId: owner.workspaceId };
    expect((await test.as(there).GET('/api/v1/system/runtime', {})).response.status).toBe(403);
  });

  it('tells the licence and that nothing is refused beyond it', async () => {
    expect((await test.as(owner).GET('/api/v1/system/license')).data).toEqual({
      edition: 'community',
      license_id: 'community',
      licensee_org: '',
      max_crews: 15,
      max_agents_per_crew: 10,
      max_members: 5,
      features: [],
      enforced: false,
    });
  });

  it('says what it does not have', async () => {
    expect((await test.as(owner).GET('/api/v1/system/keeper')).data).toMatchObject({
      enabled: false,
      status: 'disabled',
    });
    expect((await test.as(owner).GET('/api/v1/system/aux-status')).data).toEqual({ slots: [] });
    expect((await test.as(owner).GET('/api/v1/crewshipd')).data).toMatchObject({ status: 'unreachable' });
  });

  it('tells its version and the newest migration', async () => {
    const { data } = await test.as(owner).GET('/api/v1/system/version');
    expect(data).toMatchObject({ latest: null, newer: false, go_version: null, node_version: process.versions.node });
    expect(data?.schema_version).toMatch(/^\d{14}_/);
  });

  it.each(signedIn)('tells %s to nobody who is not signed in', async (path) => {
    expect((await test.call(`/api/v1/${path}`)).status).toBe(401);
  });
});
