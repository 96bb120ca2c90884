import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { JobRunner } from '#jobs';
import { Ids, Secret, Transactions } from '#kernel';
import { countQueries, type SeededMember, startTestApp, type TestApp } from '#testing';
import { EventsService } from '../events/events.service.js';
import { DeliveriesService } from './deliveries.service.js';
import type { DeliveryOutcome } from './deliveries.types.js';
import { DeliveryOutcomes } from './delivery-outcomes.service.js';
import { DeliveryTargetsService } from './delivery-targets.service.js';
import { Receiver } from './receiver.fixture.js';

const env = { EGRESS_ALLOW: '127.0.0.1', ENCRYPTION_KEY: '0'.repeat(64) };
const secret = new Secret('dls_known-to-the-test');
const minute = 60_000;

let test: TestApp;
let receiver: Receiver;
let owner: SeededMember;
let agentId: string;
let told: DeliveryOutcome[] = [];
let failures = 0;

beforeAll(async () => {
  test = await startTestApp({ env });
  receiver = await Receiver.start(secret.reveal());
  const outcomes = test.app.get(DeliveryOutcomes, { strict: false });
  const settled = async (outcome: DeliveryOutcome) => {
    if (failures > 0) {
      failures -= 1;
      await test.prisma.client.$executeRaw`SELECT 1 / 0`;
    }
    told.push(outcome);
  };
  outcomes.register('webhook', { settled, replied: async () => undefined });
});

afterAll(async () => {
  await receiver.stop();
  await test.close();
});

beforeEach(async () => {
  owner = await test.seed.workspace();
  agentId = await test.seed.agent(owner.workspaceId);
});

afterEach(() => {
  receiver.reset();
  told = [];
  failures = 0;
});

async function endpoint(values: { agentId?: string; eventTypes?: string[] } = {}) {
  const id = test.app.get(Ids, { strict: false }).next();
  const now = test.clock.now();
  const { workspaceId } = owner;
  const sealedSecret = await test.app.get(DeliveryTargetsService, { strict: false }).seal({ id, workspaceId }, secret);
  const url = `${receiver.url}/${values.agentId ?? workspaceId}`;
  await test.prisma.client.deliveryEndpoint.create({
    data: { id, workspaceId, url, sealedSecret, createdAt: now, updatedAt: now, ...values },
  });
}

function send(texts: readonly string[], agent = agentId, kind: 'manual' | 'webhook' = 'manual') {
  const messages = texts.map((text) => ({
    workspaceId: owner.workspaceId,
    agentId: agent,
    messageId: `m-${text}`,
    text,
    origin: { kind, id: `o-${text}` },
    triggeredBy: null,
    at: test.clock.now(),
  }));
  const deliveries = test.app.get(DeliveriesService, { strict: false });
  return test.app.get(Transactions, { strict: false }).run(() => deliveries.sendMessages(messages));
}

const work = () => test.app.get(JobRunner, { strict: false }).runDue();
const mine = () => receiver.requests.filter((request) => request.body.workspace_id === owner.workspaceId);
const texts = () => mine().map((request) => request.text);
const statuses = async () => {
  const { workspaceId } = owner;
  const rows = await test.prisma.client.delivery.findMany({ where: { workspaceId }, orderBy: { seq: 'asc' } });
  return rows.map((row) => row.status);
};

describe('a lane', () => {
  it('costs one statement a delivery, in every further one of a row', async () => {
    await endpoint();
    const numbered = (count: number) => Array.from({ length: count }, (_, n) => String(n));
    const statementsFor = async (count: number) => {
      await send(numbered(count));
      return (await countQueries(work)).statements.length;
    };
    await statementsFor(1);
    const few = await statementsFor(5);
    const many = await statementsFor(25);
    expect((many - few) / 20).toBe(1);
    expect(mine()).toHaveLength(31);
  });

  it('goes on after a head that is given up', async () => {
    await endpoint();
    receiver.answer = ({ text }) => ({ status: text === 'bad' ? 500 : 204 });
    await send(['bad', 'good', 'better']);
    for (let n = 0; n < 6; n += 1) {
      await work();
      test.clock.advanceMs(60 * minute);
    }
    expect(texts()).toEqual([...Array(6).fill('bad'), 'good', 'better']);
    expect(await statuses()).toEqual(['dead', 'delivered', 'delivered']);
  });

  it('takes up a dead delivery that is sent again, with six new attempts', async () => {
    await endpoint();
    receiver.answer = () => ({ status: 500 });
    const [sent] = await send(['one']);
    for (let n = 0; n < 6; n += 1) {
      await work();
      test.clock.advanceMs(60 * minute);
    }
    expect(await statuses()).toEqual(['dead']);
    const params = { path: { workspaceId: owner.workspaceId, deliveryId: sent?.deliveryId ?? '' } };
    const again = await test
      .as(owner)
      .POST('/api/v1/workspaces/{workspaceId}/deliveries/{deliveryId}/redeliver', { params });
    expect(again.data).toMatchObject({ status: 'pending' });
    receiver.answer = () => ({ status: 204 });
    await work();
    expect(mine().map((request) => request.body.attempt)).toEqual([1, 2, 3, 4, 5, 6, 1]);
    expect(await statuses()).toEqual(['delivered']);
    const run = await test.prisma.client.agentRun.findUniqueOrThrow({ where: { id: sent?.runId ?? '' } });
    expect([run.status, run.errorMessage]).toEqual(['RUNNING', null]);
  });

  it('leaves what follows to whoever pulls when its endpoint is gone', async () => {
    await endpoint();
    receiver.answer = () => ({ status: 410 });
    const sent = await send(['one', 'two', 'three']);
    await work();
    expect(texts()).toEqual(['one']);
    const path = { workspaceId: owner.workspaceId };
    const { data } = await test.as(owner).GET('/api/v1/workspaces/{workspaceId}/deliveries', { params: { path } });
    expect(data?.map((each) => each.id)).toEqual(sent.map((each) => each.deliveryId));
    const [row] = await test.prisma.client.deliveryEndpoint.findMany({ where: { workspaceId: owner.workspaceId } });
    expect(row?.disabledReason).toBe('it answered 410 Gone');
  });

  it.each([
    ['1', 10_000],
    ['45', 45_000],
    ['4000', 3_600_000],
    ['soon', 10_000],
  ])('waits for Retry-After %s as long as %i ms', async (header, expected) => {
    await endpoint();
    receiver.answer = () => ({ status: 429, headers: { 'retry-after': header } });
    await send(['one']);
    await work();
    const row = await test.prisma.client.delivery.findFirstOrThrow({ where: { workspaceId: owner.workspaceId } });
    expect((row.nextAttemptAt?.getTime() ?? 0) - test.clock.now().getTime()).toBe(expected);
  });
});

describe('the lanes of one workspace', () => {
  it('are worked on eight at a time, and those turned away are called when places are free', async () => {
    const agents = await Promise.all(Array.from({ length: 12 }, () => test.seed.agent(owner.workspaceId)));
    for (const agent of agents) await endpoint({ agentId: agent });
    let [now, most] = [0, 0];
    const lanes = new Set<string>();
    receiver.delayMs = 30;
    receiver.answer = ({ path }) => {
      lanes.add(path);
      return { status: 204 };
    };
    for (const agent of agents) await send(['one', 'two'], agent);
    const watch = setInterval(async () => {
      const [row] = await test.prisma.client.$queryRaw<{ count: bigint }[]>`
        SELECT count(*) FROM delivery_lanes WHERE workspace_id = ${owner.workspaceId} AND lease_until > clock_timestamp()`;
      now = Number(row?.count ?? 0);
      most = Math.max(most, now);
    }, 5);
    try {
      // Side by side, as the workers of replicas are.
      await Promise.all(Array.from({ length: 12 }, work));
      // Jobs are called by the test's clock, which is ahead of the machine's: each call is one more look.
      for (let n = 0; n < 5; n += 1) await work();
    } finally {
      clearInterval(watch);
    }
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
    expect(lanes.size).toBe(12);
    expect(await statuses()).toEqual(Array(24).fill('delivered'));
  });
});

describe('events', () => {
  it('are posted to an endpoint that asked for them, beside messages and in their order', async () => {
    await endpoint({ eventTypes: ['plugin.installed', 'APPROVAL_APPROVED'] });
    const events = test.app.get(EventsService, { strict: false });
    const publish = (type: 'plugin.installed' | 'APPROVAL_APPROVED' | 'APPROVAL_DENIED', n: number) =>
      test.app.get(Transactions, { strict: false }).run(() => events.publish(owner, { type, payload: { n } }));
    await publish('plugin.installed', 1);
    await send(['between']);
    await publish('APPROVAL_DENIED', 2);
    await publish('APPROVAL_APPROVED', 3);
    await work();
    expect(mine().map(({ body, isSigned }) => [body.type, isSigned])).toEqual([
      ['plugin.installed', true],
      ['agent.message', true],
      ['APPROVAL_APPROVED', true],
    ]);
    expect(
      mine()
        .map(({ body }) => body.data)
        .filter((data) => (data as { n?: number }).n),
    ).toEqual([{ n: 1 }, { n: 3 }]);
  });
});

describe('a listener that throws', () => {
  it('neither stops its lane nor changes the outcome, and is told again', async () => {
    await endpoint();
    failures = 1;
    await send(['one', 'two'], agentId, 'webhook');
    await work();
    expect(texts()).toEqual(['one', 'two']);
    expect(await statuses()).toEqual(['delivered', 'delivered']);
    expect(told.map((outcome) => outcome.originId)).toEqual(['o-two']);
    await work();
    expect(told.map((outcome) => [outcome.originId, outcome.status]).sort()).toEqual([
      ['o-one', 'delivered'],
      ['o-two', 'delivered'],
    ]);
  });
});
