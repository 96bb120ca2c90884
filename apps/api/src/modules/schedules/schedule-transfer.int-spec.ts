import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Transactions, type WorkspaceScope } from '#kernel';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { DueSchedulesService } from './due-schedules.service.js';
import { ScheduleTransferService } from './schedule-transfer.service.js';
import { ScheduleTriggersService } from './schedule-triggers.service.js';
import type { TransferredSchedule } from './schedules.types.js';

let test: TestApp;
let owner: SeededMember;
let transfer: ScheduleTransferService;

beforeAll(async () => {
  test = await startTestApp();
  transfer = test.app.get(ScheduleTransferService, { strict: false });
});
beforeEach(async () => {
  owner = await test.seed.workspace();
});
afterAll(() => test.close());

const scopeOf = ({ workspaceId, userId, email }: SeededMember): WorkspaceScope => ({
  workspaceId,
  role: 'OWNER',
  capabilities: [],
  revision: 1n,
  actor: { kind: 'user', userId, email, tokenId: null, sessionId: null, tokenScopes: null },
  origin: { ip: null, userAgent: null, requestId: 'test' },
});
const item = (values: Partial<TransferredSchedule> = {}): TransferredSchedule => ({
  name: 'nightly',
  cron_expr: '0 3 * * *',
  timezone: 'Europe/Berlin',
  prompt: 'Anything new?',
  enabled: true,
  agent_slug: null,
  ...values,
});
const bring = (items: TransferredSchedule[], into = owner) =>
  test.app
    .get(Transactions, { strict: false })
    .run(() => transfer.import(scopeOf(into), items, { source: 'template' }));
const rows = ({ workspaceId } = owner) =>
  test.prisma.client.schedule.findMany({ where: { workspaceId }, orderBy: { name: 'asc' } });

describe('moving schedules', () => {
  it('brings them as they were into another workspace, with agents of the same slug', async () => {
    const agentId = await test.seed.agent(owner.workspaceId, { slug: 'writer' });
    const items = [item({ agent_slug: 'writer' }), item({ name: 'weekly', enabled: false })];
    expect(await bring(items)).toEqual({ imported: ['nightly', 'weekly'], skipped: [] });
    expect((await rows())[0]).toMatchObject({ agentId, source: 'template', nextRunAt: expect.any(Date) });
    const other = await test.seed.workspace();
    await test.seed.agent(other.workspaceId, { slug: 'writer' });
    const taken = await transfer.export(owner);
    await bring(taken, other);
    expect(await transfer.export(other)).toEqual(taken);
    expect(taken).toEqual(items);
  });

  it('brings templates up to date, and leaves alone what was made here', async () => {
    await bring([item()]);
    const [before] = await rows();
    const { id } = before ?? { id: '' };
    await test.prisma.client.schedule.create({
      data: {
        id: `own${owner.workspaceId.slice(-12)}`,
        workspaceId: owner.workspaceId,
        name: 'own',
        cronExpr: '0 1 * * *',
        prompt: 'mine',
        createdAt: test.clock.now(),
        updatedAt: test.clock.now(),
      },
    });
    const report = await bring([item({ prompt: 'Something else?' }), item({ name: 'own', prompt: 'theirs' })]);
    expect(report.imported).toEqual(['nightly']);
    expect(report.skipped.map(({ name }) => name)).toEqual(['own']);
    expect((await rows()).map((row) => [row.name, row.prompt])).toEqual([
      ['nightly', 'Something else?'],
      ['own', 'mine'],
    ]);
    expect((await rows())[0]?.id).toBe(id);
  });

  it('tells which will not do, and brings the others', async () => {
    const { imported, skipped } = await bring([
      item({ name: 'zone', timezone: 'Mars/Olympus' }),
      item({ name: 'cron', cron_expr: '@daily' }),
      item({ name: 'never', cron_expr: '0 0 30 2 *' }),
      item({ name: 'agent', agent_slug: 'nobody' }),
      item({ name: 'empty', prompt: ' ' }),
      item({ name: 'nul', prompt: 'a\u0000' }),
      item({ name: 'half', prompt: 'a\ud800' }),
      item({ name: 'good' }),
      item({ name: 'good', prompt: 'again' }),
    ]);
    expect(imported).toEqual(['empty', 'half', 'good']);
    expect(skipped.map(({ name }) => name)).toEqual(['zone', 'cron', 'never', 'agent', 'nul', 'good']);
    for (const { reason } of skipped) expect(reason.length).toBeGreaterThan(10);
  });
});

describe('triggering by name', () => {
  it('has the enabled schedules that fit run once, and no others', async () => {
    await bring([
      item({ name: 'Pick-up-work' }),
      item({ name: 'PR review' }),
      item({ name: 'pick-up-work later', enabled: false }),
    ]);
    const triggers = test.app.get(ScheduleTriggersService, { strict: false });
    const fits = (name: string) => name.toLowerCase().includes('pick-up-work');
    expect(await triggers.triggerByName(owner, fits)).toBe(1);
    const due = test.app.get(DueSchedulesService, { strict: false });
    await due.runDue();
    await due.runDue();
    const runs = await test.prisma.client.scheduleRun.findMany({ where: { workspaceId: owner.workspaceId } });
    expect(runs.map(({ request }) => request)).toMatchObject([{ schedule_name: 'Pick-up-work' }]);
    const [row] = await rows();
    expect(row?.nextRunAt?.getTime()).toBeGreaterThan(test.clock.now().getTime());
  });
});
