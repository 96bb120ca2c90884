import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { fillSealedColumns, openAll, storedTexts } from './rotated-rows.fixture.js';

const oldKey = '7f1c0a9be2d34586a7c8d90e1f2a3b4c5d6e7f8091a2b3c4d5e6f70819aabbcc';
const newKey = '2b7e151628aed2a6abf7158809cf4f3c762e7160f38b4da56a784d9045190cfe';
const rows = 600;
const loader = './libs/testing/src/process/typescript-loader.mjs';

const bothKeys = { ENCRYPTION_KEY: oldKey, ENCRYPTION_KEY_V2: newKey };
const switched = { ...bothKeys, CREWSHIP_ENCRYPTION_KEY_VERSION: '2' };
const newKeyOnly = { ENCRYPTION_KEY_V2: newKey, CREWSHIP_ENCRYPTION_KEY_VERSION: '2' };

describe('npm run vault:rotate', () => {
  let test: TestApp;
  let owner: SeededMember;
  let ids: string[];
  let expected: Map<string, string>;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    const before = await startTestApp({ env: bothKeys });
    owner = await before.seed.workspace();
    const other = await before.seed.workspace();
    ids = await fillSealedColumns(before, owner.workspaceId, rows);
    await fillSealedColumns(before, other.workspaceId, 3);
    expected = await openAll(before, await storedTexts(before));
    test = await startTestApp({ env: switched, database: before.database });
    closeLast = () => before.close();
  }, 60_000);
  afterEach(() => {
    for (const child of children) child.kill('SIGKILL');
  });
  afterAll(async () => {
    await test.close();
    await closeLast();
  });
  let closeLast = async () => {};

  const rotate = (args: string[], env: Record<string, string> = switched) => {
    const child = spawn(process.execPath, ['--import', loader, 'apps/api/src/vault-rotate.main.ts', ...args], {
      env: { PATH: process.env.PATH, NODE_ENV: 'test', DATABASE_URL: test.database.url, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    return { child, ended, output: () => output };
  };
  const run = async (args: string[], env?: Record<string, string>) => {
    const { ended, output } = rotate(args, env);
    return { code: await ended, output: output() };
  };
  const patch = (credentialId: string, value: string) =>
    test.as(owner).PATCH('/api/v1/credentials/{credentialId}', { params: { path: { credentialId } }, body: { value } });
  const newestKeys = async () => {
    const keys = await test.prisma.client.dataKey.findMany({ orderBy: { generation: 'asc' } });
    return new Map(keys.map((key) => [key.workspaceId, key.id]));
  };
  const underNewest = async () => {
    const newest = await newestKeys();
    const texts = await storedTexts(test);
    return texts.filter(({ place, sealed }) => sealed.split('.')[1] === newest.get(place.workspaceId)).length;
  };

  it('says what there is to do, and writes nothing of it, with --dry-run', async () => {
    const before = await storedTexts(test);
    const { code, output } = await run(['--dry-run', '--reencrypt']);
    expect([code, output]).toEqual([0, expect.stringContaining('Dry run')]);
    expect(await storedTexts(test)).toEqual(before);
    expect(output).toContain(`2 data keys to wrap anew, ${before.length} values to seal anew`);
    expect(output).toContain('ENCRYPTION_KEY (version 1) must stay');
  });

  it('refuses arguments that it does not know with its usage and exit code 64', async () => {
    const { code, output } = await run(['--recrypt']);
    expect([code, output]).toEqual([64, expect.stringContaining('npm run vault:rotate')]);
  });

  it('row 27: killed after some rows, with writes meanwhile, it goes on when it is run again, and loses nothing', async () => {
    const first = rotate(['--reencrypt', '--batch', '5']);
    const writing = { stopped: false, written: 0 };
    const writer = (async () => {
      for (let at = 1; !writing.stopped; at = 1 + ((at + 36) % (rows - 1))) {
        const id = ids[at] ?? '';
        const { response } = await patch(id, `written ${writing.written}`);
        expect(response.status).toBe(200);
        expected.set(`credentials.sealed_value ${id}`, `written ${writing.written}`);
        writing.written += 1;
      }
    })();
    const reader = (async () => {
      let reads = 0;
      for (; !writing.stopped; reads += 1) await openAll(test, await storedTexts(test));
      return reads;
    })();
    const both = Promise.all([writer, reader]).finally(() => {
      writing.stopped = true;
    });

    let second = { code: null as number | null, output: '' };
    try {
      // Killed in the middle, when some but by far not all rows are done.
      while (first.child.exitCode === null && (await reencrypted(test)) < rows / 4) await sleep(5);
      first.child.kill('SIGKILL');
      await first.ended;
      const afterKill = await reencrypted(test);
      expect(afterKill).toBeGreaterThan(0);
      expect(afterKill).toBeLessThan(rows);
      second = await run(['--reencrypt', '--batch', '50']);
    } finally {
      writing.stopped = true;
    }
    const [, reads] = await both;
    expect([second.code, second.output]).toEqual([0, expect.stringContaining('may be removed from the environment')]);
    expect(writing.written).toBeGreaterThan(10);
    expect(reads).toBeGreaterThan(2);

    const texts = await storedTexts(test);
    expect(await openAll(test, texts)).toEqual(expected);
    expect(await underNewest()).toBe(texts.length);
  }, 90_000);

  it('row 27: finds nothing to do when it is run a second time', async () => {
    const before = await storedTexts(test);
    const { code, output } = await run(['--reencrypt']);
    expect(code).toBe(0);
    expect(output).toContain('Done: 0 data keys wrapped anew, 0 made');
    expect(output).toContain('0 values sealed anew');
    expect(await storedTexts(test)).toEqual(before);
  }, 30_000);

  it('row 27: lets the old key go: a process with nothing but the new one reads and writes everything', async () => {
    const after = await startTestApp({ env: newKeyOnly, database: test.database });
    try {
      expect(await openAll(after, await storedTexts(after))).toEqual(expected);
      const { response } = await after
        .as(owner)
        .POST('/api/v1/credentials', { body: { name: 'after the rotation', value: 'x' } });
      expect(response.status).toBe(201);
    } finally {
      await after.close();
    }
  });

  it('keeps retired data keys for a day, and removes them only when they stayed unused', async () => {
    const retired = await test.prisma.client.dataKey.count({ where: { retiredAt: { not: null } } });
    expect(retired).toBe(2);
    const longAgo = new Date(Date.now() - 25 * 3_600_000);
    await test.prisma.client.dataKey.updateMany({ where: { retiredAt: { not: null } }, data: { retiredAt: longAgo } });
    // A text under one of them that turned up late.
    const [late] = await test.prisma.client.dataKey.findMany({
      where: { workspaceId: owner.workspaceId, retiredAt: { not: null } },
    });
    const id = ids[1] ?? '';
    const { sealedValue } = await test.prisma.client.credential.findUniqueOrThrow({ where: { id } });
    const moved = (sealedValue ?? '').replace(/^v1\.[^.]+/, `v1.${late?.id}`);
    await test.prisma.client.credential.update({ where: { id }, data: { sealedValue: moved } });
    const { code, output } = await run([]);
    expect([code, output]).toEqual([0, expect.stringContaining('0 retired, 1 removed')]);
    expect(await test.prisma.client.dataKey.count({ where: { id: late?.id ?? '' } })).toBe(1);
  }, 30_000);

  it('names what it cannot open, leaves it as it is, does the rest, and exits with 2', async () => {
    const id = ids[1] ?? '';
    const before = await test.prisma.client.credential.findUniqueOrThrow({ where: { id } });
    const { code, output } = await run(['--reencrypt']);
    expect([code, output]).toEqual([2, expect.stringContaining(`credentials.sealed_value ${id}`)]);
    const after = await test.prisma.client.credential.findUniqueOrThrow({ where: { id } });
    expect(after.sealedValue).toBe(before.sealedValue);
  }, 30_000);

  it('keeps the old key where a data key cannot be opened without it', async () => {
    await test.prisma.client.dataKey.updateMany({ where: { retiredAt: { not: null } }, data: { keyVersion: 7 } });
    const { code, output } = await run([]);
    expect(code).toBe(2);
    expect(output).toMatch(/data key \S+ of workspace \S+, wrapped under version 7/);
  }, 30_000);
});

async function reencrypted(test: TestApp): Promise<number> {
  const [row] = await test.prisma.client.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM credentials c JOIN data_keys k ON k.workspace_id = c.workspace_id
    WHERE k.generation = 2 AND split_part(c.sealed_value, '.', 2) = k.id`;
  return row?.count ?? 0;
}
