import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countQueries, type SeededMember, startTestApp, type TestApp } from '#testing';
import { IdempotencySweepService } from '../../../apps/api/src/modules/idempotency/idempotency-sweep.service.js';
import { type Answer, codeOf, IdempotentCalls, newKey } from './idempotent-calls.fixture.js';

const adminToken = 'instance-administrator-of-the-tests-0123456789';
const dayMs = 86_400_000;

describe('row 30: Idempotency-Key', () => {
  let test: TestApp;
  let calls: IdempotentCalls;
  let owner: SeededMember;

  beforeAll(async () => {
    test = await startTestApp({ env: { ADMIN_TOKEN: adminToken, CREWSHIP_RATELIMIT_DISABLED: 'true' } });
    calls = new IdempotentCalls(test);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    owner = await test.seed.workspace();
  });

  const rows = () => test.prisma.client.idempotencyKey.count({ where: { workspaceId: owner.workspaceId } });
  const same = (left: Answer, right: Answer) => expect([right.status, right.body]).toEqual([left.status, left.body]);

  it('row 30: carries the same request out once and answers it with the same bytes', async () => {
    const key = newKey();
    const first = await calls.register(owner, key, 'same-body');
    const second = await calls.register(owner, key, 'same-body');
    expect([first.status, first.replayed, second.replayed]).toEqual([201, null, 'true']);
    same(first, second);
    for (const name of ['content-type', 'content-length', 'location', 'cache-control'])
      expect([name, second.headers.get(name)]).toEqual([name, first.headers.get(name)]);
    expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
    expect(await calls.count('same-body')).toBe(1);
    expect(await test.prisma.client.auditLog.count({ where: { workspaceId: owner.workspaceId } })).toBe(1);
  });

  it('row 30: is offered by the generated client, and carries a call without a body out once', async () => {
    const id = await test.seed.integration(owner.workspaceId, { endpoint: 'http://127.0.0.1:9/mcp' });
    const again = () =>
      test.as(owner).POST('/api/v1/integrations/{integrationId}/test', {
        params: { path: { integrationId: id }, header: { 'Idempotency-Key': 'no-body' } },
      });
    const [first, second] = [await again(), await again()];
    expect([first.response.status, second.response.status]).toEqual([200, 200]);
    expect(second.response.headers.get('idempotency-replayed')).toBe('true');
    expect(second.data).toEqual(first.data);
  });

  it('row 30: refuses another body under the key with 422 and does nothing', async () => {
    const key = newKey();
    const first = await calls.register(owner, key, 'first-body');
    const other = await calls.register(owner, key, 'other-body');
    expect([other.status, codeOf(other), other.replayed]).toEqual([422, 'idempotency.key_reused', null]);
    expect(await calls.count('other-body')).toBe(0);
    same(first, await calls.register(owner, key, 'first-body'));
  });

  it('row 30: takes a body that differs in a single blank for another one', async () => {
    const key = newKey();
    const body = JSON.stringify({ name: 'blank', endpoint: 'https://mcp.example.com/mcp' });
    await calls.post(owner, '/api/v1/integrations', key, body);
    expect((await calls.post(owner, '/api/v1/integrations', key, `${body} `)).status).toBe(422);
  });

  it.each([2, 20])(
    'row 30: carries one of %d concurrent requests out; the others wait or get its answer',
    async (n) => {
      const [key, name] = [newKey(), `concurrent-${n}`];
      const answers = await Promise.all(Array.from({ length: n }, () => calls.register(owner, key, name)));
      const [executed, ...more] = answers.filter(({ status, replayed }) => status === 201 && replayed === null);
      expect(more).toEqual([]);
      for (const answer of answers.filter((each) => each !== executed)) {
        if (answer.replayed === 'true') expect(answer.body).toBe(executed?.body);
        else {
          expect([answer.status, codeOf(answer)]).toEqual([409, 'idempotency.in_progress']);
          expect(answer.headers.get('retry-after')).toBe('1');
        }
      }
      expect(await calls.count(name)).toBe(1);
      expect((await calls.register(owner, key, name)).body).toBe(executed?.body);
    },
  );

  it('row 30: gives an answer of the operation again, be it a refusal', async () => {
    await calls.register(owner, null, 'taken');
    const key = newKey();
    const refused = await calls.register(owner, key, 'taken');
    await test.prisma.client.workspaceIntegration.deleteMany({ where: { name: 'taken' } });
    const again = await calls.register(owner, key, 'taken');
    expect([refused.status, again.replayed, again.headers.get('content-type')]).toEqual([
      409,
      'true',
      'application/problem+json; charset=utf-8',
    ]);
    same(refused, again);
    const path = '/api/v1/crews/none/integrations';
    const missing = await calls.post(owner, path, 'missing', { name: 'x' });
    expect([missing.status, (await calls.post(owner, path, 'missing', { name: 'x' })).replayed]).toEqual([404, 'true']);
  });

  it('row 30: leaves the key free where the request was refused before anything was done', async () => {
    const key = newKey();
    const viewer = await test.seed.member(owner.workspaceId, 'VIEWER');
    const refused = [
      (await calls.register({ token: 'nobody', workspaceId: owner.workspaceId }, key, 'free')).status,
      (await calls.register(viewer, key, 'free')).status,
      (await calls.post(owner, '/api/v1/integrations', key, '{')).status,
      (await calls.post(owner, '/api/v1/integrations', key, { name: 'free', endpoint: 'http://10.0.0.1/' })).status,
    ];
    expect(refused).toEqual([401, 403, 400, 400]);
    expect(await rows()).toBe(0);
    const corrected = await calls.register(owner, key, 'free');
    expect([corrected.status, corrected.replayed]).toEqual([201, null]);
  });

  it('row 30: keeps users, their tokens, workspaces, paths and queries apart', async () => {
    const key = newKey();
    const colleague = await test.seed.member(owner.workspaceId, 'ADMIN');
    const stranger = await test.seed.workspace();
    const secondToken = { ...owner, token: await test.seed.cliToken(owner.userId) };
    const path = '/api/v1/integrations';
    const body = (name: string) => ({ name, endpoint: 'https://mcp.example.com/mcp' });
    const answers = [
      await calls.register(owner, key, 'apart'),
      await calls.register(colleague, key, 'apart-colleague'),
      await calls.register(stranger, key, 'apart'),
      await calls.register(secondToken, key, 'apart-token'),
      await calls.post(owner, `${path}?workspace_id=${owner.workspaceId}`, key, body('apart-query')),
      await calls.post(owner, '/api/v1/crews', key, { name: 'Apart', slug: 'apart' }),
    ];
    expect(answers.map(({ status, replayed }) => [status, replayed])).toEqual(answers.map(() => [201, null]));
    expect(await calls.count('apart')).toBe(2);
  });

  it('row 30: knows the instance administrator as a caller of its own', async () => {
    const key = newKey();
    const attempt = (token: string) =>
      calls.post({ token }, '/api/v1/credentials/test', key, { provider: 'ACME', value: 'x' });
    const answers = [await attempt(owner.token), await attempt(adminToken), await attempt(adminToken)];
    expect(answers.map(({ status, replayed }) => [status, replayed])).toEqual([
      [200, null],
      [200, null],
      [200, 'true'],
    ]);
  });

  it.each([
    ['empty', ''],
    ['too long', 'k'.repeat(256)],
    ['not ASCII', 'schl\u00fcssel'],
    ['a tab', 'a\tb'],
  ])('row 30: refuses a key that is %s with a 400 that names the header', async (_case, key) => {
    const answer = await calls.register(owner, key, 'malformed');
    expect([answer.status, codeOf(answer)]).toEqual([400, 'idempotency.key_invalid']);
    expect(answer.body).toContain('Idempotency-Key');
    expect([await calls.count('malformed'), await rows()]).toEqual([0, 0]);
  });

  it('row 30: refuses two keys at once, and takes one of 255 characters', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { authorization: `Bearer ${owner.token}`, 'idempotency-key': ['one', 'two'] };
      httpRequest(`${test.url}/api/v1/integrations?workspace_id=${owner.workspaceId}`, { method: 'POST', headers })
        .on('response', (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end('{}');
    });
    expect(status).toBe(400);
    expect((await calls.register(owner, 'k'.repeat(255), 'longest')).status).toBe(201);
  });

  it('row 30: forgets a key after a day, and sweeps it away', async () => {
    const key = newKey();
    const body = { name: 'Daily', slug: 'daily' };
    const first = await calls.post(owner, '/api/v1/crews', key, body);
    test.clock.advanceMs(dayMs - 1);
    expect((await calls.post(owner, '/api/v1/crews', key, body)).body).toBe(first.body);
    test.clock.advanceMs(1);
    const late = await calls.post(owner, '/api/v1/crews', key, { name: 'Next day', slug: 'next-day' });
    expect([late.status, late.replayed]).toEqual([201, null]);
    test.clock.advanceMs(dayMs);
    expect(await test.app.get(IdempotencySweepService, { strict: false }).runOnce()).toBeGreaterThan(0);
    expect(await rows()).toBe(0);
  });

  it('row 30: is ignored by other methods, by public operations and without being sent', async () => {
    const id = await test.seed.integration(owner.workspaceId);
    const statements: string[] = [];
    const watched = async (work: () => Promise<unknown>) => statements.push(...(await countQueries(work)).statements);
    const send = (method: string, path: string, json?: unknown, token?: string) =>
      test.call(path, { method, json, headers: { 'Idempotency-Key': '' }, ...(token !== undefined && { token }) });
    const path = `/api/v1/integrations/${id}?workspace_id=${owner.workspaceId}`;
    await watched(() => calls.register(owner, null, 'without'));
    await watched(async () => expect((await send('GET', path, undefined, owner.token)).status).toBe(200));
    await watched(async () => expect((await send('PATCH', path, { icon: 'x' }, owner.token)).status).toBe(200));
    await watched(async () => expect((await send('DELETE', path, undefined, owner.token)).status).toBe(200));
    await watched(() => send('POST', '/api/v1/auth/signup', { email: 'nobody' }));
    expect(statements.length).toBeGreaterThan(5);
    expect(statements.filter((text) => text.includes('idempotency_keys'))).toEqual([]);
  });
});
