import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppConfig } from '#config';
import { JobRunner } from '#jobs';
import { Transactions } from '#kernel';
import { startTestApp, type TestApp } from '#testing';
import { PluginTransferService } from './plugin-transfer.service.js';
import { PluginsService } from './plugins.service.js';

let test: TestApp;
let transfer: PluginTransferService;
let workspaceId: string;
let registry: string;

beforeAll(async () => {
  test = await startTestApp({ env: { CREWSHIP_JOBS: 'off' } });
  transfer = test.app.get(PluginTransferService, { strict: false });
  registry = test.app.get(AppConfig, { strict: false }).plugins.dir;
});
afterAll(() => test.close());
beforeEach(async () => {
  workspaceId = (await test.seed.workspace()).workspaceId;
  offer('1');
});

function offer(version: string): void {
  mkdirSync(join(registry, 'notes'), { recursive: true });
  writeFileSync(join(registry, 'notes', 'plugin.yaml'), `version: ${version}`);
}

const inTransaction = <T>(work: () => Promise<T>) => test.app.get(Transactions, { strict: false }).run(work);
const runJobs = () => test.app.get(JobRunner, { strict: false }).runDue();
const audits = (id: string) =>
  test.prisma.client.auditLog.findMany({ where: { workspaceId: id, action: { startsWith: 'plugin.' } } });

describe('plugins of a bundle', () => {
  it('are installed again from their sources, as the same bytes', async () => {
    const other = (await test.seed.workspace()).workspaceId;
    await inTransaction(() => transfer.import({ workspaceId }, [{ source: 'local://notes', sha256: null }]));
    await runJobs();
    const pins = await transfer.export({ workspaceId });

    await inTransaction(() => transfer.import({ workspaceId: other }, pins));
    await runJobs();

    expect(pins).toEqual([{ name: 'notes', source: 'local://notes', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect(await transfer.export({ workspaceId: other })).toEqual(pins);
    expect(await audits(other)).toMatchObject([{ action: 'plugin.install', actorType: 'internal' }]);
  });

  it('are not installed when the source gives something else now, and the audit log says why', async () => {
    await inTransaction(() => transfer.import({ workspaceId }, [{ source: 'local://notes', sha256: '0'.repeat(64) }]));
    await runJobs();

    expect(await transfer.export({ workspaceId })).toEqual([]);
    expect(await audits(workspaceId)).toMatchObject([
      { action: 'plugin.install_failed', metadata: { source: 'local://notes', code: 'plugin.digest_mismatch' } },
    ]);
  });

  it('are not installed when the import is rolled back', async () => {
    const failed = inTransaction(async () => {
      await transfer.import({ workspaceId }, [{ source: 'local://notes', sha256: null }]);
      throw new Error('rolled back');
    });
    await expect(failed).rejects.toThrow('rolled back');
    await runJobs();

    expect(await transfer.export({ workspaceId })).toEqual([]);
  });

  it('are refused at once when their source could never be installed', async () => {
    await expect(transfer.import({ workspaceId }, [{ source: 'local://../x', sha256: null }])).rejects.toMatchObject({
      code: 'plugin.invalid_name',
    });
    await expect(transfer.import({ workspaceId }, [{ source: 'github://a/b', sha256: null }])).rejects.toMatchObject({
      code: 'plugin.unpinned',
    });
  });
});

describe('an installation that ended half-way', () => {
  it('leaves parts that the next one removes a day later, and no other parts', async () => {
    const part = { number: 0, bytes: new Uint8Array(1), workspaceId };
    const day = 86_400_000;
    const at = (ms: number) => new Date(test.clock.now().getTime() - ms);
    await test.prisma.client.pluginArchivePart.createMany({
      data: [
        { ...part, archiveId: `old-${workspaceId}`, createdAt: at(day + 1) },
        { ...part, archiveId: `young-${workspaceId}`, createdAt: at(day - 1) },
      ],
    });
    await inTransaction(() => transfer.import({ workspaceId }, [{ source: 'local://notes', sha256: null }]));
    await runJobs();

    const left = await test.prisma.client.pluginArchivePart.findMany({
      where: { workspaceId },
      select: { archiveId: true },
    });
    const plugins = test.app.get(PluginsService, { strict: false });
    const owner = { workspaceId } as Parameters<typeof plugins.getInstalled>[0];
    const { archiveId } = await plugins.getInstalled(owner, 'notes');
    expect(left.map((each) => each.archiveId).sort()).toEqual([archiveId, `young-${workspaceId}`].sort());
    rmSync(join(registry, 'notes'), { recursive: true });
  });
});
