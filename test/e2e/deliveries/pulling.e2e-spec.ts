import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DeliveryWorld, startDeliveryWorld } from './delivery-world.fixture.js';

const list = '/api/v1/workspaces/{workspaceId}/deliveries';
const one = '/api/v1/workspaces/{workspaceId}/deliveries/{deliveryId}';
const minute = 60_000;

describe('pulling deliveries', () => {
  let world: DeliveryWorld;
  let token: { token: string };

  beforeAll(async () => {
    world = await startDeliveryWorld();
    token = await world.tokenWith('deliveries:write');
  });
  afterAll(() => world.test.close());
  // So that the messages wait.
  beforeEach(async () => {
    await world.test.prisma.client.delivery.deleteMany();
    await pull();
  });

  const path = (deliveryId: string) => ({ params: { path: { workspaceId: world.owner.workspaceId, deliveryId } } });
  const pull = async (query: Record<string, unknown> = {}) => {
    const params = { path: { workspaceId: world.owner.workspaceId }, query };
    const { data, response } = await world.test.as(token).GET(list, { params });
    expect(response.status).toBe(200);
    return data ?? [];
  };
  const acknowledge = (id: string, by = token) => world.test.as(by).POST(`${one}/acknowledge`, path(id));
  const reply = (id: string, text: string) =>
    world.test.as(token).POST(`${one}/reply`, { ...path(id), body: { text } });
  const redeliver = (id: string) => world.test.as(world.owner).POST(`${one}/redeliver`, path(id));
  const runOf = (id: string | null | undefined) =>
    world.test.prisma.client.agentRun.findUniqueOrThrow({ where: { id: id ?? '' } });

  it('gives what is pending in order until it is acknowledged, and waits for the puller', async () => {
    await world.send('a', 'b', 'c');
    await world.work();
    const pulled = await pull();
    expect(pulled.map((each) => [each.status, each.type, each.origin])).toEqual(
      Array(3).fill(['pending', 'agent.message', 'webhook']),
    );
    expect(pulled[0]?.data).toMatchObject({ method: 'message/send', params: { message: { messageId: 'm-a' } } });
    expect(await pull({ after: String(pulled[0]?.seq), limit: 1 })).toEqual([pulled[1]]);
    expect(await pull({ after: pulled[1]?.id })).toEqual([pulled[2]]);
    const id = pulled[0]?.id ?? '';
    const answers = await Promise.all([acknowledge(id), acknowledge(id), acknowledge(id)]);
    expect(answers.map(({ data, response }) => [response.status, data?.status])).toEqual(
      Array(3).fill([200, 'acknowledged']),
    );
    expect((await pull()).map((each) => each.id)).toEqual([pulled[1]?.id, pulled[2]?.id]);
  });

  it('takes one reply, which ends the run', async () => {
    const [sent] = await world.send('question');
    const id = sent?.deliveryId ?? '';
    const answers = await Promise.all([reply(id, 'forty-two'), reply(id, 'forty-three')]);
    expect(answers.map(({ response }) => response.status).sort()).toEqual([200, 409]);
    expect((await runOf(sent?.runId)).status).toBe('COMPLETED');
    const { data } = await world.test.as(token).GET(one, path(id));
    expect(['forty-two', 'forty-three']).toContain(data?.reply);
  });

  it('takes no reply after five minutes', async () => {
    const [sent] = await world.send('question');
    const id = sent?.deliveryId ?? '';
    await acknowledge(id);
    expect((await runOf(sent?.runId)).status).toBe('RUNNING');
    world.test.clock.advanceMs(5 * minute);
    const { error, response } = await reply(id, 'late');
    expect([response.status, error?.detail]).toEqual([
      410,
      'the reply came too late: it is taken within 5 minutes of the delivery',
    ]);
  });

  it('gives what had no endpoint, too, and the run goes on', async () => {
    world.test.clock.advanceMs(11 * minute);
    const [sent] = await world.send('unheard');
    await world.work();
    expect((await runOf(sent?.runId)).status).toBe('FAILED');
    expect((await pull()).map((each) => each.status)).toEqual(['no_endpoint']);
    await acknowledge(sent?.deliveryId ?? '');
    expect((await runOf(sent?.runId)).status).toBe('RUNNING');
  });

  it('sends again what did not arrive, and nothing that did', async () => {
    world.test.clock.advanceMs(11 * minute);
    const [sent] = await world.send('unheard');
    await world.work();
    const id = sent?.deliveryId ?? '';
    expect((await redeliver(id)).data?.status).toBe('pending');
    expect((await runOf(sent?.runId)).status).toBe('RUNNING');
    const again = await redeliver(id);
    expect([again.response.status, again.error?.detail]).toEqual([
      409,
      'only a delivery with the status dead or no_endpoint is sent again; this one is pending',
    ]);
  });

  it('waits for the first delivery as long as asked', async () => {
    const waiting = pull({ wait_seconds: 5 });
    await world.send('soon');
    expect((await waiting).map((each) => each.status)).toEqual(['pending']);
  });

  it('hides deliveries from other workspaces and needs a role that may change', async () => {
    const [sent] = await world.send('mine');
    const id = sent?.deliveryId ?? '';
    const stranger = await world.test.seed.workspace();
    const theirs = { params: { path: { workspaceId: stranger.workspaceId, deliveryId: id } } };
    for (const [method, suffix] of [
      ['GET', ''],
      ['GET', '/attempts'],
      ['POST', '/acknowledge'],
      ['POST', '/redeliver'],
    ] as const) {
      const answer = await world.test.call(`/api/v1/workspaces/${stranger.workspaceId}/deliveries/${id}${suffix}`, {
        method,
        token: stranger.token,
      });
      expect([suffix, answer.status]).toEqual([suffix, 404]);
    }
    expect((await world.test.as(stranger).GET(one, theirs)).error?.detail).toBe('delivery not found');
    const member = await world.test.seed.member(world.owner.workspaceId, 'MEMBER');
    expect((await acknowledge(id, member)).response.status).toBe(403);
    const reader = await world.tokenWith('deliveries:read');
    expect((await acknowledge(id, reader)).response.status).toBe(403);
    const { error, response } = await reply(id, '');
    expect([response.status, error?.detail]).toEqual([400, 'text is required']);
  });
});
