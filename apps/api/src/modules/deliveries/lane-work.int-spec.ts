import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { JobRunner } from '#jobs';
import { Ids, Secret, Transactions } from '#kernel';
import { startTestApp, type TestApp } from '#testing';
import { DeliveriesService } from './deliveries.service.js';
import type { DeliveryOutcome } from './deliveries.types.js';
import { DeliveryOutcomes } from './delivery-outcomes.service.js';
import { DeliveryTargetsService } from './delivery-targets.service.js';
import { DeliveryUpkeepService } from './delivery-upkeep.service.js';
import { Receiver } from './receiver.fixture.js';

const env = { EGRESS_ALLOW: '127.0.0.1', ENCRYPTION_KEY: '0'.repeat(64) };
const secret = new Secret('dls_known-to-the-test');
const second = 1_000;
const minute = 60 * second;

let here: TestApp;
let there: TestApp;
let receiver: Receiver;
let workspaceId: string;
let agentId: string;
const settled: DeliveryOutcome[] = [];
const replied: DeliveryOutcome[] = [];

beforeAll(async () => {
  here = await startTestApp({ env });
  there = await startTestApp({ env, database: here.database });
  there.clock.advanceMs(here.clock.now().getTime() - there.clock.now().getTime());
  receiver = await Receiver.start(secret.reveal());
  const listener = {
    settled: async (outcome: DeliveryOutcome) => void settled.push(outcome),
    replied: async (outcome: DeliveryOutcome) => void replied.push(outcome),
  };
  for (const app of [here, there]) app.app.get(DeliveryOutcomes, { strict: false }).register('manual', listener);
});

afterAll(async () => {
  await receiver.stop();
  await there.close();
  await here.close();
});

beforeEach(async () => {
  ({ workspaceId } = await here.seed.workspace());
  agentId = await here.seed.agent(workspaceId);
});

afterEach(() => {
  receiver.reset();
  settled.length = 0;
  replied.length = 0;
});

async function endpoint(values: { protocol?: string; url?: string; agentId?: string | null } = {}) {
  const id = here.app.get(Ids, { strict: false }).next();
  const now = here.clock.now();
  const sealedSecret = await here.app.get(DeliveryTargetsService, { strict: false }).seal({ id, workspaceId }, secret);
  const data = {
    id,
    workspaceId,
    url: `${receiver.url}/${workspaceId}`,
    sealedSecret,
    createdAt: now,
    updatedAt: now,
    ...values,
  };
  await here.prisma.client.deliveryEndpoint.create({ data });
}

function send(...texts: readonly string[]) {
  const messages = texts.map((text) => ({
    workspaceId,
    agentId,
    messageId: `m-${text}`,
    text,
    origin: { kind: 'manual' as const, id: `o-${text}` },
    triggeredBy: null,
    at: here.clock.now(),
  }));
  const deliveries = here.app.get(DeliveriesService, { strict: false });
  return here.app.get(Transactions, { strict: false }).run(() => deliveries.sendMessages(messages));
}

const work = (app = here) => app.app.get(JobRunner, { strict: false }).runDue();
const runs = () => here.prisma.client.agentRun.findMany({ where: { workspaceId }, orderBy: { id: 'asc' } });
const rows = () => here.prisma.client.delivery.findMany({ where: { workspaceId }, orderBy: { seq: 'asc' } });
const statuses = async () => (await rows()).map((row) => row.status);

// Retries of earlier tests arrive as well.
const received = () => receiver.requests.filter((request) => request.path.includes(workspaceId));

function pass(ms: number) {
  here.clock.advanceMs(ms);
  there.clock.advanceMs(ms);
}

describe('posting', () => {
  it('sends the envelope with a signature that the receiver can check, in order, and once', async () => {
    await endpoint();
    const sent = await send('one', 'two', 'three');
    await work();
    await work(there);
    expect(received().map((request) => request.text)).toEqual(['one', 'two', 'three']);
    expect(received().every((request) => request.isSigned)).toBe(true);
    const [first] = received();
    expect(first?.headers['idempotency-key']).toBe(sent[0]?.deliveryId);
    expect(first?.headers['x-delivery-id']).toBe(sent[0]?.deliveryId);
    expect(first?.body).toMatchObject({
      id: sent[0]?.deliveryId,
      type: 'agent.message',
      workspace_id: workspaceId,
      attempt: 1,
    });
    expect(await statuses()).toEqual(['delivered', 'delivered', 'delivered']);
    expect(settled.map((each) => [each.originId, each.status, each.error])).toEqual([
      ['o-one', 'delivered', null],
      ['o-two', 'delivered', null],
      ['o-three', 'delivered', null],
    ]);
  });

  it('keeps the order while the first fails, waits as planned, and gives up after six attempts', async () => {
    await endpoint();
    receiver.answer = () => ({ status: 500 });
    await send('one', 'two');
    for (const wait of [0, 10 * second, 30 * second, 2 * minute, 10 * minute]) {
      pass(wait - 1);
      await work();
      const before = received().length;
      pass(1);
      await work();
      expect(received().length).toBe(wait === 0 ? 1 : before + 1);
    }
    expect(new Set(received().map((request) => request.text))).toEqual(new Set(['one']));
    pass(60 * minute);
    await work();
    expect(received().map((request) => request.text)).toEqual([...Array(6).fill('one'), 'two']);
    expect(received().map((request) => request.body.attempt)).toEqual([1, 2, 3, 4, 5, 6, 1]);
    expect(await statuses()).toEqual(['dead', 'pending']);
    expect((await runs()).map((run) => [run.status, run.errorMessage])).toContainEqual([
      'FAILED',
      'the endpoint answered 500',
    ]);
    const events = await here.prisma.client.event.findMany({ where: { workspaceId, type: 'delivery.dead' } });
    expect(events).toHaveLength(1);
  });

  it('waits as long as Retry-After says, up to an hour', async () => {
    await endpoint();
    receiver.answer = () => ({ status: 503, headers: { 'retry-after': '86400' } });
    await send('one');
    await work();
    const [row] = await rows();
    expect((row?.nextAttemptAt?.getTime() ?? 0) - here.clock.now().getTime()).toBe(60 * minute);
  });

  it('takes the answer of a JSON-RPC body as the agent’s, and ends the run', async () => {
    await endpoint({ protocol: 'a2a' });
    receiver.answer = () => ({
      status: 200,
      json: { jsonrpc: '2.0', id: 1, result: { parts: [{ kind: 'text', text: 'hello' }] } },
    });
    await send('one');
    await work();
    expect(received()[0]?.body).toMatchObject({ jsonrpc: '2.0', method: 'message/send' });
    expect(replied.map((each) => each.replyText)).toEqual(['hello']);
    expect((await runs()).map((run) => run.status)).toEqual(['COMPLETED']);
    const feed = await here.prisma.client.activityEntry.findMany({ where: { workspaceId } });
    expect(feed.map((entry) => [entry.type, entry.status, entry.toName])).toEqual([
      ['assignment', 'COMPLETED', 'Test Agent'],
    ]);
  });

  it.each([
    [-32602, 1, 'dead'],
    [-32603, 2, 'pending'],
  ])('answers the JSON-RPC error %i of an agent with %i attempts', async (code, attempts, status) => {
    await endpoint({ protocol: 'a2a' });
    receiver.answer = () => ({ status: 200, json: { jsonrpc: '2.0', id: 1, error: { code, message: 'no' } } });
    await send('one');
    await work();
    pass(10 * second);
    await work();
    expect(received()).toHaveLength(attempts);
    expect(await statuses()).toEqual([status]);
  });

  it('disables an endpoint that is gone, and tells', async () => {
    await endpoint();
    receiver.answer = () => ({ status: 410 });
    await send('one', 'two');
    await work();
    expect(received()).toHaveLength(1);
    expect(await statuses()).toEqual(['no_endpoint', 'no_endpoint']);
    const events = await here.prisma.client.event.findMany({
      where: { workspaceId, type: 'delivery_endpoint.disabled' },
    });
    expect(events).toHaveLength(1);
  });

  it('follows no redirect', async () => {
    await endpoint();
    receiver.answer = () => ({ status: 307, headers: { location: `${receiver.url}/${workspaceId}/elsewhere` } });
    await send('one');
    await work();
    expect(received().map((request) => request.path)).toEqual([`/${workspaceId}`]);
    expect(await statuses()).toEqual(['pending']);
  });

  it('never posts to an address inside', async () => {
    await endpoint({ url: 'http://169.254.169.254/latest' });
    await send('one');
    await work();
    const [attempt] = await here.prisma.client.deliveryAttempt.findMany({ where: { workspaceId } });
    expect([attempt?.outcome, attempt?.statusCode]).toEqual(['failed', null]);
  });

  it('is done by one of two replicas that come at the same moment', async () => {
    await endpoint();
    receiver.delayMs = 50;
    await send('one', 'two', 'three', 'four');
    await Promise.all([work(here), work(there)]);
    expect(received().map((request) => request.text)).toEqual(['one', 'two', 'three', 'four']);
  });
});

describe('without an endpoint', () => {
  it('says so at once, and the run has failed', async () => {
    await send('one');
    await work();
    expect(settled.map((each) => [each.status, each.error])).toEqual([['no_endpoint', 'no delivery endpoint']]);
    expect((await runs()).map((run) => run.status)).toEqual(['FAILED']);
  });
});

describe('an answer that is waited for', () => {
  it('ends the run when it did not come within five minutes', async () => {
    await endpoint();
    await send('one');
    await work();
    const upkeep = here.app.get(DeliveryUpkeepService, { strict: false });
    await upkeep.runOnce();
    expect((await runs()).map((run) => run.status)).toEqual(['RUNNING']);
    pass(5 * minute);
    await upkeep.runOnce();
    expect((await runs()).map((run) => run.status)).toEqual(['COMPLETED']);
  });

  it('leaves nothing of a delivery thirty days after it was settled', async () => {
    await endpoint();
    await send('one');
    await work();
    pass(31 * 24 * 60 * minute);
    await here.app.get(DeliveryUpkeepService, { strict: false }).runOnce();
    expect(await rows()).toEqual([]);
  });
});
