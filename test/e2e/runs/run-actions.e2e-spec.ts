import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Receiver } from '../../../apps/api/src/modules/deliveries/receiver.fixture.js';
import { type DeliveryWorld, startDeliveryWorld } from '../deliveries/delivery-world.fixture.js';

describe('cancelling and retrying runs', () => {
  let world: DeliveryWorld;
  let receiver: Receiver;

  beforeAll(async () => {
    [world, receiver] = await Promise.all([startDeliveryWorld(), Receiver.start('')]);
    const { test, owner } = world;
    await test.as(owner).PUT('/api/v1/workspaces/{workspaceId}/delivery-endpoint', {
      params: { path: { workspaceId: owner.workspaceId } },
      body: { url: receiver.url },
    });
  });
  afterAll(async () => {
    await receiver.stop();
    await world.test.close();
  });

  const act = (action: 'cancel' | 'retry', runId: string, by = world.owner) =>
    action === 'cancel'
      ? world.test.as(by).POST('/api/v1/runs/{runId}/cancel', { params: { path: { runId } } })
      : world.test.as(by).POST('/api/v1/runs/{runId}/retry', { params: { path: { runId } } });
  const start = async (text: string) => {
    const [sent] = await world.send(text);
    return { id: sent?.runId ?? '', deliveryId: sent?.deliveryId ?? '' };
  };

  it('cancels a run before its message is sent, once, and the next one goes out', async () => {
    const run = await start('never');
    await start('next');
    const [one, other] = await Promise.all([act('cancel', run.id), act('cancel', run.id)]);
    expect([one.response.status, other.response.status].sort()).toEqual([200, 409]);
    await world.work();
    expect(receiver.requests.map((request) => request.text)).toEqual(['next']);
    const delivery = await world.test.prisma.client.delivery.findUniqueOrThrow({ where: { id: run.deliveryId } });
    expect(delivery.status).toBe('cancelled');
  });

  it('cancels a run that waits for its answer, and takes none any more', async () => {
    const run = await start('asked');
    await world.work();
    expect((await act('cancel', run.id)).data?.status).toBe('CANCELLED');
    const answer = await world.test.call(
      `/api/v1/workspaces/${world.owner.workspaceId}/deliveries/${run.deliveryId}/reply`,
      { method: 'POST', token: world.owner.token, json: { text: 'late' } },
    );
    expect(answer.status).toBe(410);
  });

  it('retries a finished run with the same message, as a new run', async () => {
    const run = await start('again');
    expect((await act('retry', run.id)).error?.detail).toBe('the run is still running: cancel it before it is retried');
    await act('cancel', run.id);
    receiver.reset();
    const { data, response } = await act('retry', run.id);
    expect([response.status, data?.status, data?.triggered_by]).toEqual([201, 'RUNNING', world.owner.userId]);
    expect(data?.id).not.toBe(run.id);
    await world.work();
    expect(receiver.requests.map((request) => request.text)).toEqual(['again']);
  });

  it('refuses runs of others, low roles, and runs that no message started', async () => {
    const { test, owner, agentId } = world;
    const run = await start('mine');
    expect((await act('cancel', run.id, await test.seed.workspace())).response.status).toBe(404);
    expect((await act('cancel', run.id, await test.seed.member(owner.workspaceId, 'MEMBER'))).response.status).toBe(
      403,
    );
    const id = 'run-of-a-runtime';
    const createdAt = test.clock.now();
    const data = { id, workspaceId: owner.workspaceId, agentId, triggerType: 'manual', status: 'RUNNING', createdAt };
    await test.prisma.client.agentRun.create({ data });
    expect((await act('cancel', id)).response.status).toBe(409);
  });
});
