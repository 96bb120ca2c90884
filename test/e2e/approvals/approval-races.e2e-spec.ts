import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { ApprovalExpiryService } from '../../../apps/api/src/modules/approvals/approval-expiry.service.js';
import { ApprovalRetentionService } from '../../../apps/api/src/modules/approvals/approval-retention.service.js';
import { ask, decide, eventsOf } from './approvals.fixture.js';

let here: TestApp;
let there: TestApp;
let owner: SeededMember;

beforeAll(async () => {
  here = await startTestApp();
  there = await startTestApp({ database: here.database });
});

beforeEach(async () => {
  there.clock.advanceMs(here.clock.now().getTime() - there.clock.now().getTime());
  owner = await here.seed.workspace();
});

afterAll(async () => {
  await there.close();
  await here.close();
});

const wait = async (app: TestApp, id: string, seconds = 20) => {
  const url = `/api/v1/workspaces/${owner.workspaceId}/approvals/${id}/wait?timeout_seconds=${seconds}`;
  const response = await app.call(url, { token: owner.token });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const pass = (ms: number) => {
  here.clock.advanceMs(ms);
  there.clock.advanceMs(ms);
};

describe('many who decide at once', () => {
  it('row 40: are one who decides and forty-nine who come too late, on two replicas', async () => {
    const id = await ask(here, owner);
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        decide(n % 2 ? here : there, owner, id, { decision: n % 3 ? 'approve' : 'deny', decided_by: `person ${n}` }),
      ),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array(49).fill(404)]);
    const winner = replies.findIndex(({ status }) => status === 200);
    const events = await eventsOf(here, owner.workspaceId);
    expect(events.map(({ type }) => type)).toEqual([
      'APPROVAL_REQUESTED',
      winner % 3 ? 'APPROVAL_APPROVED' : 'APPROVAL_DENIED',
      'APPROVAL_DECIDED',
    ]);
    expect(events.at(-1)?.payload).toMatchObject({ decided_by: `person ${winner}` });
    expect(await here.prisma.client.auditLog.count({ where: { action: 'approval.decide', entityId: id } })).toBe(1);
  });
});

describe('approvals that wait', () => {
  const url = () => `/api/v1/workspaces/${owner.workspaceId}/approvals`;
  const request = (app: TestApp) => app.call(url(), { method: 'POST', token: owner.token, json: { action: 'x' } });

  it('are at most 1000 a workspace, however many are asked for at once; what has run out counts no more', async () => {
    const now = here.clock.now();
    const data = Array.from({ length: 995 }, (_, n) => ({
      id: `waiting-${n}`,
      workspaceId: owner.workspaceId,
      action: 'x',
      createdAt: now,
      expiresAt: new Date(now.getTime() + 60_000),
    }));
    await here.prisma.client.approval.createMany({ data });
    const replies = await Promise.all(Array.from({ length: 12 }, (_, n) => request(n % 2 ? here : there)));
    expect(replies.map(({ status }) => status).sort()).toEqual([...Array(5).fill(201), ...Array(7).fill(429)]);
    const refused = await replies.find(({ status }) => status === 429)?.json();
    expect(refused).toMatchObject({ detail: 'maximum 1000 pending approvals per workspace' });
    pass(60_000);
    expect((await request(here)).status).toBe(201);
  });

  it('stay however old they are, and go thirty days after their decision', async () => {
    const [decided, later] = [await ask(here, owner), await ask(here, owner, { expires_in_seconds: 604_800 })];
    await decide(here, owner, decided);
    const sweep = () => here.app.get(ApprovalRetentionService, { strict: false }).runOnce();
    const left = () => here.prisma.client.approval.findMany({ where: { id: { in: [decided, later] } } });
    pass(30 * 86_400_000);
    await sweep();
    expect(await left()).toHaveLength(2);
    pass(1);
    await sweep();
    expect(await left()).toMatchObject([{ id: later }]);
  });
});

describe('an approval that nobody decides', () => {
  it('is denied from its last instant on, for every reader and every decider, before anything is written down', async () => {
    const id = await ask(here, owner, { expires_in_seconds: 60 });
    pass(59_999);
    expect((await wait(here, id, 0)).body).toMatchObject({ status: 'pending' });
    pass(1);
    const { body } = await wait(here, id, 0);
    expect(body).toMatchObject({
      status: 'denied',
      decided_by: 'auto-expired',
      expired: true,
      decided_at: body.expires_at,
    });
    expect((await decide(there, owner, id)).status).toBe(404);
    const list = await here.call(`/api/v1/workspaces/${owner.workspaceId}/approvals?status=denied`, {
      token: owner.token,
    });
    expect(await list.json()).toEqual([expect.objectContaining({ id, status: 'denied' })]);
  });

  it('is settled once and told once, however many replicas sweep', async () => {
    const ids = await Promise.all(Array.from({ length: 120 }, () => ask(here, owner, { expires_in_seconds: 10 })));
    pass(10_000);
    const sweeps = [here, there].flatMap(({ app }) =>
      Array.from({ length: 3 }, () => app.get(ApprovalExpiryService, { strict: false }).runOnce()),
    );
    const settled = (await Promise.all(sweeps)).reduce((sum, count) => sum + count, 0);
    expect(settled).toBeGreaterThanOrEqual(120);
    const events = await eventsOf(here, owner.workspaceId);
    const expired = events.filter(({ type }) => type === 'APPROVAL_EXPIRED');
    expect(expired.map(({ payload }) => (payload as { approval_id: string }).approval_id).sort()).toEqual(
      [...ids].sort(),
    );
    expect(
      await here.prisma.client.auditLog.count({ where: { action: 'approval.expire', workspaceId: owner.workspaceId } }),
    ).toBe(120);
  });

  it('waits as long as APPROVAL_EXPIRY says', async () => {
    const other = await startTestApp({ database: here.database, env: { APPROVAL_EXPIRY: '90s' } });
    const id = await ask(other, owner);
    const row = await here.prisma.client.approval.findUniqueOrThrow({ where: { id } });
    expect(row.expiresAt.getTime() - row.createdAt.getTime()).toBe(90_000);
    await other.close();
  });
});

describe('waiting for a decision', () => {
  it('ends as soon as somebody decides at the other replica', async () => {
    const id = await ask(here, owner);
    const started = performance.now();
    const waiting = Promise.all([wait(here, id), wait(there, id)]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await decide(there, owner, id, { decision: 'deny' });
    for (const { status, body } of await waiting) expect([status, body.status]).toEqual([200, 'denied']);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('does not ask the database while nothing happens, and answers what is still pending when its time is up', async () => {
    const id = await ask(here, owner);
    const { status, body } = await wait(here, id, 1);
    expect([status, body.status]).toEqual([200, 'pending']);
  });

  it('ends by itself when the approval runs out of time', async () => {
    const id = await ask(here, owner, { expires_in_seconds: 10 });
    pass(9_900);
    const waiting = wait(here, id, 20);
    await new Promise((resolve) => setTimeout(resolve, 50));
    pass(100);
    expect((await waiting).body).toMatchObject({ status: 'denied', expired: true });
  });

  it.each(['61', '-1', 'x'])('takes no timeout of %s', async (seconds) => {
    const id = await ask(here, owner);
    const url = `/api/v1/workspaces/${owner.workspaceId}/approvals/${id}/wait?timeout_seconds=${seconds}`;
    expect((await here.call(url, { token: owner.token })).status).toBe(400);
  });

  it('answers 404 for what is not there', async () => {
    expect((await wait(here, 'nothing')).status).toBe(404);
  });
});
