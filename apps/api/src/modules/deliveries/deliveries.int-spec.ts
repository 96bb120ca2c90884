import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Transactions } from '#kernel';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { DeliveriesService } from './deliveries.service.js';
import type { AgentMessage } from './deliveries.types.js';

let here: TestApp;
let there: TestApp;
let owner: SeededMember;

beforeAll(async () => {
  here = await startTestApp();
  there = await startTestApp({ database: here.database });
  owner = await here.seed.workspace();
});

afterAll(async () => {
  await there.close();
  await here.close();
});

const message = (text: string, values: Partial<AgentMessage> = {}): AgentMessage => ({
  agentId: null,
  messageId: `m-${text}`,
  text,
  origin: { kind: 'manual', id: 'o1' },
  triggeredBy: null,
  at: here.clock.now(),
  ...values,
});

function send(app: TestApp, ...messages: readonly AgentMessage[]) {
  const deliveries = app.app.get(DeliveriesService, { strict: false });
  return app.app
    .get(Transactions, { strict: false })
    .run(() => deliveries.sendMessages(messages.map((each) => ({ ...each, workspaceId: owner.workspaceId }))));
}

describe('sending messages', () => {
  it('numbers a lane without gaps or repeats, in the order of sending, from two replicas at once', async () => {
    const sent = await Promise.all(
      Array.from({ length: 20 }, (_, n) => send(n % 2 ? here : there, message(`${n}a`), message(`${n}b`))),
    );
    const rows = await here.prisma.client.delivery.findMany({
      where: { workspaceId: owner.workspaceId },
      orderBy: { seq: 'asc' },
      select: { id: true, seq: true },
    });
    expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: 40 }, (_, n) => BigInt(n + 1)));
    const at = new Map(rows.map((row, index) => [row.id, index]));
    for (const [first, second] of sent)
      expect(at.get(second?.deliveryId ?? '')).toBe((at.get(first?.deliveryId ?? '') ?? 0) + 1);
  });

  it('begins a run of the agent, or of the lead where none is named', async () => {
    const agent = await here.seed.agent(owner.workspaceId);
    const lead = await here.seed.agent(owner.workspaceId, { agentRole: 'LEAD' });
    const [named, unnamed] = await send(here, message('x', { agentId: agent }), message('y'));
    const runs = await here.prisma.client.agentRun.findMany({
      where: { id: { in: [named?.runId ?? '', unnamed?.runId ?? ''] } },
      orderBy: { createdAt: 'asc' },
    });
    expect(new Set(runs.map((run) => [run.agentId, run.status, run.triggerType].join()))).toEqual(
      new Set([`${agent},RUNNING,manual`, `${lead},RUNNING,manual`]),
    );
    const capacity = await here.app.get(DeliveriesService, { strict: false }).capacity([owner.workspaceId]);
    expect(capacity.get(owner.workspaceId)).toEqual({ active: 2, max: 1, ownScheduler: false });
  });

  it('leaves nothing when its transaction fails', async () => {
    const before = await here.prisma.client.delivery.count();
    const deliveries = here.app.get(DeliveriesService, { strict: false });
    const failed = here.app.get(Transactions, { strict: false }).run(async () => {
      await deliveries.sendMessage(owner, message('never'));
      throw new Error('given up');
    });
    await expect(failed).rejects.toThrow('given up');
    expect(await here.prisma.client.delivery.count()).toBe(before);
  });
});
