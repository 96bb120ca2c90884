import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ContractValidator } from '#testing';
import { Receiver } from '../../../apps/api/src/modules/deliveries/receiver.fixture.js';
import { EventsService } from '../../../apps/api/src/modules/events/events.service.js';
import { type DeliveryWorld, startDeliveryWorld } from './delivery-world.fixture.js';

describe('what is posted to an endpoint', () => {
  const contract = new ContractValidator();
  let world: DeliveryWorld;
  let receiver: Receiver;

  beforeAll(async () => {
    [world, receiver] = await Promise.all([startDeliveryWorld(), Receiver.start('')]);
  });
  beforeEach(() => receiver.reset());
  afterAll(async () => {
    await receiver.stop();
    await world.test.close();
  });

  const post = async (protocol: 'a2a' | 'event') => {
    const { workspaceId } = world.owner;
    const made = await world.test.as(world.owner).PUT('/api/v1/workspaces/{workspaceId}/delivery-endpoint', {
      params: { path: { workspaceId } },
      body: { url: receiver.url, protocol, rotate_secret: true },
    });
    receiver.secret = made.data?.secret ?? '';
    await world.send('hello');
    await world.test.app
      .get(EventsService, { strict: false })
      .publish({ workspaceId }, { type: 'plugin.installed', payload: { plugin: 'notes' } });
    await world.work();
    expect(receiver.requests.every(({ isSigned }) => isSigned)).toBe(true);
    return receiver.requests;
  };

  it('is, with the protocol `event`, the envelope that the contract publishes, for messages and events', async () => {
    const requests = await post('event');
    expect(requests.map(({ body }) => body.type)).toEqual(['agent.message', 'plugin.installed']);
    for (const request of requests) contract.checkWebhook('delivery', 'DeliveryEnvelope', request);
    const [message] = requests;
    contract.checkWebhook('delivery', 'AgentMessage', { headers: message?.headers ?? {}, body: message?.body.data });
  });

  it('is, with the protocol `a2a`, the JSON-RPC object that the contract publishes, and no event', async () => {
    const requests = await post('a2a');
    expect(requests.map(({ text }) => text)).toEqual(['hello']);
    for (const request of requests) contract.checkWebhook('delivery', 'AgentMessage', request);
  });
});
