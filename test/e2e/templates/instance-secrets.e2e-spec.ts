import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InstanceSecretsService } from '../../../apps/api/src/modules/instance-secrets/instance-secrets.service.js';
import { adminToken, everythingSaid, startTemplatesApp, type TemplatesApp } from './instance-admin.fixture.js';

const path = '/api/v1/settings/secrets';
const canary = 'canary-of-an-instance-secret-55d0';

describe('secrets of the instance', () => {
  let app: TemplatesApp;

  beforeAll(async () => {
    app = await startTemplatesApp();
  });
  afterAll(() => app.close());

  const by = () => app.test.as({ token: adminToken });
  const put = (key: string, value: string) => by().POST(path, { body: { key, value } });
  const names = async () => (await by().GET(path, {})).data?.map(({ key }) => key);
  const opened = async (name: string) => {
    const service = app.test.app.get(InstanceSecretsService, { strict: false });
    return (await service.open([name])).get(name)?.reveal();
  };

  it('are set, listed without values, replaced and deleted', async () => {
    const first = await put('B_KEY', canary);
    expect(first.response.status).toBe(201);
    expect(first.data).toEqual({ key: 'B_KEY', created_at: expect.any(String), updated_at: expect.any(String) });
    await put('A_KEY', 'other');
    expect(await names()).toEqual(['A_KEY', 'B_KEY']);
    app.test.clock.advanceMs(1_000);
    const again = await put('B_KEY', `${canary}-2`);
    expect(again.data?.created_at).toBe(first.data?.created_at);
    expect(again.data?.updated_at).not.toBe(first.data?.updated_at);
    expect(await opened('B_KEY')).toBe(`${canary}-2`);
    const gone = await by().DELETE('/api/v1/settings/secrets/{key}', { params: { path: { key: 'B_KEY' } } });
    expect(gone.data).toEqual({ status: 'deleted' });
    const twice = await by().DELETE('/api/v1/settings/secrets/{key}', { params: { path: { key: 'B_KEY' } } });
    expect([twice.response.status, twice.error?.detail]).toEqual([404, 'secret not found']);
    expect(await names()).toEqual(['A_KEY']);
    const audit = await app.test.prisma.client.auditLog.findMany({
      where: { entityName: 'B_KEY' },
      orderBy: { id: 'asc' },
    });
    expect(audit.map(({ action }) => action).sort()).toEqual([
      'instance_secret.create',
      'instance_secret.delete',
      'instance_secret.update',
    ]);
    expect(await everythingSaid(app)).not.toContain(canary);
  });

  it.each([
    ['lower', 'x'],
    ['1X', 'x'],
    ['A-B', 'x'],
    ['A'.repeat(129), 'x'],
    ['', 'x'],
    ['OK', ''],
  ])('are not set as %j to %j', async (key, value) => {
    expect((await put(key, value)).response.status).toBe(400);
  });

  it('keep one value of those that are set at once', async () => {
    const values = Array.from({ length: 8 }, (_, n) => `value-${n}`);
    const all = await Promise.all(values.map((value) => put('RACED', value)));
    expect(all.map(({ response }) => response.status)).toEqual(values.map(() => 201));
    expect(values).toContain(await opened('RACED'));
    expect((await names())?.filter((name) => name === 'RACED')).toHaveLength(1);
  });

  it('are for the instance administrator', async () => {
    const owner = await app.test.seed.workspace();
    const json = { key: 'X', value: 'x' };
    expect((await app.test.call(path, { method: 'POST', json })).status).toBe(401);
    expect((await app.test.call(path, { method: 'POST', json, token: owner.token })).status).toBe(403);
    expect((await app.test.call(path, { token: owner.token })).status).toBe(403);
    expect((await app.test.call(`${path}/X`, { method: 'DELETE', token: owner.token })).status).toBe(403);
    expect((await app.test.call(path, { token: app.person.token })).status).toBe(200);
  });
});
