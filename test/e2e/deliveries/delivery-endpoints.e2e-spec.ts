import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Receiver } from '../../../apps/api/src/modules/deliveries/receiver.fixture.js';
import { A2aAgent } from '../../counterparts/a2a-agent/a2a-agent.js';
import { type DeliveryWorld, startDeliveryWorld } from './delivery-world.fixture.js';

const one = '/api/v1/workspaces/{workspaceId}/delivery-endpoint';
const ofAgent = '/api/v1/workspaces/{workspaceId}/agents/{agentId}/delivery-endpoint';
const minute = 60_000;

describe('delivery endpoints', () => {
  let world: DeliveryWorld;
  let receiver: Receiver;
  let agent: A2aAgent;

  beforeAll(async () => {
    [world, receiver, agent] = await Promise.all([startDeliveryWorld(), Receiver.start(''), A2aAgent.start()]);
  });
  afterAll(async () => {
    agent.stop();
    await receiver.stop();
    await world.test.close();
  });

  const at = () => ({ params: { path: { workspaceId: world.owner.workspaceId } } });
  const atAgent = (agentId = world.agentId) => ({
    params: { path: { workspaceId: world.owner.workspaceId, agentId } },
  });
  const put = (body: object) => world.test.as(world.owner).PUT(one, { ...at(), body: body as { url: string } });

  it('are shown with their secret once, and with another one when it is rotated', async () => {
    const made = (await put({ url: receiver.url })).data;
    expect(made?.secret).toMatch(/^dls_[\w-]{43}$/);
    expect((await world.test.as(world.owner).GET(one, at())).data).not.toHaveProperty('secret');
    expect((await put({ url: receiver.url })).data).not.toHaveProperty('secret');
    const rotated = (await put({ url: receiver.url, rotate_secret: true })).data;
    expect(rotated?.secret).toMatch(/^dls_/);
    expect(rotated?.secret).not.toBe(made?.secret);
    receiver.secret = rotated?.secret ?? '';
    await world.send('signed');
    await world.work();
    expect(receiver.requests.map((request) => [request.text, request.isSigned])).toEqual([['signed', true]]);
    // The canary: in no row and no line of the log, in any form.
    const rows = await world.test.prisma.client.$queryRaw<{ text: string }[]>`
      SELECT coalesce(string_agg(e::text, ''), '') || (SELECT coalesce(string_agg(a::text, ''), '') FROM audit_logs a)
        || (SELECT coalesce(string_agg(d::text, ''), '') FROM delivery_attempts d) AS text FROM delivery_endpoints e`;
    expect(`${rows[0]?.text}${world.test.logs.join('')}`).not.toContain(rotated?.secret);
  });

  it.each([
    [{}, 'url is required'],
    [
      { url: 'http://169.254.169.254/x' },
      'url: endpoint is not allowed: literal private/internal IP 169.254.169.254 not allowed',
    ],
    [
      { url: 'http://agents.example.com' },
      'url: endpoint is not allowed: plain http is allowed only to hosts in EGRESS_ALLOW',
    ],
    [{ url: 'ftp://example.com' }, 'url: endpoint is not allowed: scheme "ftp" not in [http https]'],
    [{ url: 'https://u:p@example.com' }, 'url: endpoint is not allowed: userinfo not allowed in outbound URL'],
    [{ url: 'https://example.com', protocol: 'smtp' }, 'protocol must be one of event, a2a'],
    [
      { url: 'https://example.com', event_types: ['delivery.dead'] },
      'event_types: "delivery.dead" is not an event that can be delivered',
    ],
    [
      { url: 'https://example.com', protocol: 'a2a', event_types: ['CRON_EXECUTED'] },
      'event_types must be empty for the protocol a2a: only agent messages are sent to such an endpoint',
    ],
  ])('are not made of %j', async (body, detail) => {
    const { error, response } = await put(body);
    expect([response.status, error?.detail]).toEqual([400, detail]);
  });

  it('are set by administrators and tokens that may write, read by all, and not there for others', async () => {
    const { test, owner } = world;
    const manager = await test.seed.member(owner.workspaceId, 'MANAGER');
    expect((await test.as(manager).GET(one, at())).response.status).toBe(200);
    const refused = await test.as(manager).PUT(one, { ...at(), body: { url: receiver.url } });
    expect(refused.response.status).toBe(403);
    const reader = await world.tokenWith('deliveries:read');
    expect((await test.as(reader).GET(one, at())).response.status).toBe(200);
    expect((await test.as(reader).PUT(one, { ...at(), body: { url: receiver.url } })).response.status).toBe(403);
    const stranger = await test.seed.workspace();
    expect((await test.as({ token: stranger.token }).GET(one, at())).response.status).toBe(404);
    const theirs = await test.seed.agent(stranger.workspaceId);
    expect((await test.as(owner).GET(ofAgent, atAgent(theirs))).response.status).toBe(404);
  });

  it('are put into use again after 410, by setting them again', async () => {
    receiver.reset();
    receiver.answer = () => ({ status: 410 });
    await world.send('gone');
    await world.work();
    expect((await world.test.as(world.owner).GET(one, at())).data?.disabled_reason).toBe('it answered 410 Gone');
    receiver.reset();
    expect((await put({ url: receiver.url })).data?.disabled_at).toBeNull();
    await world.send('back');
    await world.work();
    expect(receiver.requests.map((request) => request.text)).toEqual(['back']);
  });

  it('lead to an agent made with A2A’s own SDK, which answers', async () => {
    const body = { url: agent.url, protocol: 'a2a' as const };
    const { data: endpoint } = await world.test.as(world.owner).PUT(ofAgent, { ...atAgent(), body });
    // From here on the agent takes only what is signed with it.
    agent.signingSecret = endpoint?.secret ?? '';
    expect((await fetch(agent.url, { method: 'POST', body: '{}' })).status).toBe(401);
    const [sent] = await world.send('hello');
    await world.work();
    expect(agent.heard.map(({ text }) => text)).toEqual(['hello']);
    const path = { workspaceId: world.owner.workspaceId, deliveryId: sent?.deliveryId ?? '' };
    const { data } = await world.test
      .as(world.owner)
      .GET('/api/v1/workspaces/{workspaceId}/deliveries/{deliveryId}', { params: { path } });
    expect([data?.status, data?.reply, data?.attempt_log.length]).toEqual(['delivered', 'you said: hello', 1]);
    const run = await world.test.prisma.client.agentRun.findUniqueOrThrow({ where: { id: sent?.runId ?? '' } });
    expect(run.status).toBe('COMPLETED');
  });

  it('are removed once, and then nothing is posted', async () => {
    const remove = () => world.test.as(world.owner).DELETE(ofAgent, atAgent());
    expect((await remove()).response.status).toBe(204);
    expect((await remove()).response.status).toBe(404);
    expect((await world.test.as(world.owner).DELETE(one, at())).response.status).toBe(204);
    world.test.clock.advanceMs(11 * minute);
    const [sent] = await world.send('nobody');
    await world.work();
    const row = await world.test.prisma.client.delivery.findUniqueOrThrow({ where: { id: sent?.deliveryId ?? '' } });
    expect([row.status, row.lastError]).toEqual(['no_endpoint', 'no delivery endpoint']);
  });
});
