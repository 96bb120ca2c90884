import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Transactions } from '#kernel';
import { startTestApp, type TestApp } from '#testing';
import { ComposioLeasesService } from './composio-leases.service.js';

let here: TestApp;
let there: TestApp;
let workspaceId: string;

beforeAll(async () => {
  here = await startTestApp();
  there = await startTestApp({ database: here.database });
});
beforeEach(async () => {
  ({ workspaceId } = await here.seed.workspace());
});
afterAll(async () => {
  await there.close();
  await here.close();
});

const leases = (replica: TestApp) => replica.app.get(ComposioLeasesService, { strict: false });
const expire = () =>
  here.prisma.client.composioWorkspace.update({ where: { workspaceId }, data: { leaseUntil: new Date(0) } });

describe('changes of one workspace at Composio', () => {
  it('go one after the other, on two replicas too', async () => {
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
    };
    const replicas = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? here : there));
    await Promise.all(replicas.map((replica) => leases(replica).run({ workspaceId }, work)));
    expect([most, running]).toEqual([1, 0]);
  });

  it('do not wait for those of another workspace', async () => {
    const other = await here.seed.workspace();
    const inside = await leases(here).run({ workspaceId }, () => leases(there).run(other, async () => 'done'));
    expect(inside).toBe('done');
  });

  it('are left to whoever is at work by what can wait', async () => {
    const answers = await leases(here).run({ workspaceId }, async () => [
      await leases(there).runIfFree({ workspaceId }, async () => 'done'),
    ]);
    expect(answers).toEqual([null]);
    expect(await leases(there).runIfFree({ workspaceId }, async () => 'done')).toBe('done');
  });

  it('end with their error, and the next one goes on', async () => {
    const failing = leases(here).run({ workspaceId }, () => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    expect(await leases(there).run({ workspaceId }, async () => 'done')).toBe('done');
  });

  it('commit nothing once another has gone before them', async () => {
    const late = leases(here).run({ workspaceId }, async (lease) => {
      await expire();
      await leases(there).run({ workspaceId }, async () => undefined);
      expect(await leases(here).isHeld(lease)).toBe(false);
      await here.app.get(Transactions, { strict: false }).run(() => leases(here).fence(lease));
    });
    await expect(late).rejects.toMatchObject({ code: 'composio_binding.overtaken', kind: 'conflict' });
  });
});
