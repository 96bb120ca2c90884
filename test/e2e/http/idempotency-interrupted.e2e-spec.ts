import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ProductProcess, type SeededMember, startTestApp, type TestApp } from '#testing';
import { type Answer, codeOf, IdempotentCalls, newKey } from './idempotent-calls.fixture.js';

const env = { ENCRYPTION_KEY: '6'.repeat(64), CREWSHIP_RATELIMIT_DISABLED: 'true' };
const lockMs = 60_000;

describe('row 30: what goes wrong under an Idempotency-Key', () => {
  let test: TestApp;
  let calls: IdempotentCalls;
  let owner: SeededMember;
  let barrier: pg.Client;

  beforeAll(async () => {
    test = await startTestApp({ env });
    calls = new IdempotentCalls(test);
    barrier = new pg.Client({ connectionString: test.database.url });
    await barrier.connect();
  });
  afterAll(async () => {
    await barrier.end();
    await test.close();
  });
  beforeEach(async () => {
    owner = await test.seed.workspace();
  });
  afterEach(async () => {
    await barrier.query('ROLLBACK');
    await barrier.query('DROP TRIGGER IF EXISTS fault ON workspace_integrations');
  });

  // Whoever writes a server waits in the middle of its request until the barrier is lifted.
  const halt = async () => {
    await barrier.query('BEGIN');
    await barrier.query('LOCK TABLE workspace_integrations IN SHARE MODE');
  };
  const lift = () => barrier.query('ROLLBACK');
  const claimed = async () => {
    while ((await test.prisma.client.idempotencyKey.count({ where: { workspaceId: owner.workspaceId } })) === 0)
      await sleep(10);
  };
  const answered = async () => {
    const where = { workspaceId: owner.workspaceId, status: { not: null } };
    while ((await test.prisma.client.idempotencyKey.count({ where })) === 0) await sleep(10);
  };
  const failWith = (sqlState: string) =>
    barrier.query(`
      CREATE OR REPLACE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'fault injected' USING ERRCODE = '${sqlState}'; END $$;
      CREATE TRIGGER fault BEFORE INSERT ON workspace_integrations FOR EACH ROW EXECUTE FUNCTION fault()`);
  const mend = () => barrier.query('DROP TRIGGER fault ON workspace_integrations');
  const fate = ({ status, replayed }: Answer) => [status, replayed];

  it('row 30: answers 409 with Retry-After while the first request is under way, and its answer afterwards', async () => {
    const key = newKey();
    await halt();
    const first = calls.register(owner, key, 'under-way');
    await claimed();
    const meanwhile = await calls.register(owner, key, 'under-way');
    expect([meanwhile.status, codeOf(meanwhile)]).toEqual([409, 'idempotency.in_progress']);
    expect(meanwhile.headers.get('retry-after')).toBe('1');
    await lift();
    const { body } = await first;
    expect(await calls.register(owner, key, 'under-way')).toMatchObject({ status: 201, replayed: 'true', body });
    expect(await calls.count('under-way')).toBe(1);
  });

  it('row 30: gives the 500 of a fault again, and does nothing more under that key', async () => {
    const key = newKey();
    await failWith('XX000');
    const failed = await calls.register(owner, key, 'after-500');
    await mend();
    const again = await calls.register(owner, key, 'after-500');
    expect([fate(failed), fate(again), again.body === failed.body]).toEqual([[500, null], [500, 'true'], true]);
    expect(await calls.count('after-500')).toBe(0);
    expect((await calls.register(owner, newKey(), 'after-500')).status).toBe(201);
  });

  it('row 30: frees the key after a 503, which says that nothing was changed', async () => {
    const key = newKey();
    await failWith('57P01');
    expect(fate(await calls.register(owner, key, 'after-503'))).toEqual([503, null]);
    await mend();
    expect(fate(await calls.register(owner, key, 'after-503'))).toEqual([201, null]);
  });

  it('row 30: keeps the answer for a client that went away before it came', async () => {
    const key = newKey();
    const gone = new AbortController();
    await halt();
    const lost = fetch(`${test.url}/api/v1/integrations?workspace_id=${owner.workspaceId}`, {
      method: 'POST',
      signal: gone.signal,
      headers: { authorization: `Bearer ${owner.token}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ name: 'gone', endpoint: 'https://mcp.example.com/mcp' }),
    });
    await claimed();
    gone.abort();
    await expect(lost).rejects.toThrow('aborted');
    await lift();
    await answered();
    expect(await calls.count('gone')).toBe(1);
  });

  it('row 30: frees the key of a process that was killed in the middle when its claim ends', async () => {
    const key = newKey();
    const other = await ProductProcess.start({ ...env, DATABASE_URL: test.database.url, LOG_LEVEL: 'warn' });
    const path = `/api/v1/integrations?workspace_id=${owner.workspaceId}`;
    const body = JSON.stringify({ name: 'killed', endpoint: 'https://mcp.example.com/mcp' });
    try {
      await halt();
      const headers = {
        authorization: `Bearer ${owner.token}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      };
      const lost = fetch(`${other.url}${path}`, { method: 'POST', headers, body });
      lost.catch(() => undefined);
      await claimed();
      await other.kill();
      await expect(lost).rejects.toThrow();
    } finally {
      await other.kill();
      await lift();
    }
    const { workspaceId: _, ...caller } = owner;
    const meanwhile = await calls.post(caller, path, key, body);
    expect([meanwhile.status, codeOf(meanwhile)]).toEqual([409, 'idempotency.in_progress']);
    // The other process went by the machine's clock.
    test.clock.advanceMs(2 * lockMs);
    expect(fate(await calls.post(caller, path, key, body))).toEqual([201, null]);
    expect(fate(await calls.post(caller, path, key, body))).toEqual([201, 'true']);
    expect(await calls.count('killed')).toBe(1);
  }, 60_000);

  it('row 30: leaves the answer of whoever took an ended claim over as it is', async () => {
    const key = newKey();
    await halt();
    const slow = calls.register(owner, key, 'overtaken');
    await claimed();
    test.clock.advanceMs(lockMs);
    const late = calls.post(owner, '/api/v1/integrations', key, { name: 'overtaken', endpoint: 'https://a.example/' });
    await sleep(50);
    await lift();
    const [first, second] = await Promise.all([slow, late]);
    expect([first.status, second.status].sort()).toEqual([201, 409]);
    const kept = await calls.post(owner, '/api/v1/integrations', key, {
      name: 'overtaken',
      endpoint: 'https://a.example/',
    });
    expect([kept.replayed, kept.body]).toEqual(['true', second.body]);
  });

  it('row 30: keeps secrets that are shown once sealed, in a column that rotation knows', async () => {
    const key = newKey();
    const mint = () => calls.post({ token: owner.token }, '/api/v1/auth/cli-token', key, { name: 'canary' });
    const [first, second] = [await mint(), await mint()];
    const { token } = JSON.parse(first.body) as { token: string };
    expect(token).toMatch(/^crewship_cli_/);
    expect([second.replayed, second.body]).toEqual(['true', first.body]);
    const where = { workspaceId: '@instance' };
    const kept = await test.prisma.client.idempotencyKey.findMany({ where });
    expect(kept.map(({ sealedAnswer }) => sealedAnswer?.slice(0, 3))).toEqual(['v1.']);
    const texts = [token, Buffer.from(token).toString('base64').slice(4, -4), key];
    expect(texts.filter((text) => JSON.stringify(kept).includes(text))).toEqual([]);
    expect(texts.filter((text) => test.logs.join('').includes(text))).toEqual([]);
    await test.prisma.client.idempotencyKey.updateMany({ where, data: { id: 'moved' } });
    expect((await mint()).status).toBe(500);
  });
});
