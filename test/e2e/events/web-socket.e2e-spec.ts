import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { ask, decide, workspaceToken } from '../approvals/approvals.fixture.js';
import { SocketClient } from './socket.fixture.js';
import { limitsOf, publisher } from './stream.fixture.js';

let here: TestApp;
let there: TestApp;
let owner: SeededMember;

beforeAll(async () => {
  here = await startTestApp();
  there = await startTestApp({ database: here.database, env: { CREWSHIP_ALLOWED_ORIGINS: 'https://app.example.com' } });
});

beforeEach(async () => {
  owner = await here.seed.workspace();
});

afterAll(async () => {
  await there.close();
  await here.close();
});

const ticket = async (by: SeededMember) =>
  ((await (await here.call('/api/v1/ws-token', { token: by.token })).json()) as { token: string }).token;
const numbers = (events: readonly { payload?: Record<string, unknown> }[]) => events.map(({ payload }) => payload?.n);

describe('the WebSocket', () => {
  it('gives a ticket’s holder the events of the workspaces that they subscribe to, from every process', async () => {
    const other = await here.seed.member((await here.seed.workspace()).workspaceId, 'VIEWER');
    const client = await SocketClient.known(here.url, await ticket(owner));
    expect(await client.subscribe(owner.workspaceId)).toMatchObject({
      type: 'subscribed',
      workspace_id: owner.workspaceId,
    });
    await publisher(here, other.workspaceId)(0);
    await publisher(here, owner.workspaceId)(1);
    await publisher(there, owner.workspaceId)(2);
    const events = await client.events(2);
    expect(events[0]).toEqual({
      event: 'run.started',
      workspace_id: owner.workspaceId,
      agent_id: null,
      timestamp: here.clock.now().toISOString(),
      payload: { n: 1 },
      id: expect.stringMatching(/^\d+-\d+$/),
    });
    expect(numbers(events)).toEqual([1, 2]);
    client.close();
  });

  it('takes CLI tokens and tokens of the workspace, which see that workspace only', async () => {
    const elsewhere = await here.seed.workspace();
    for (const token of [owner.token, await workspaceToken(here, owner, ['events:read'])]) {
      const client = await SocketClient.known(here.url, token);
      expect(await client.subscribe(elsewhere.workspaceId)).toMatchObject({
        type: 'error',
        workspace_id: elsewhere.workspaceId,
      });
      expect(await client.subscribe(owner.workspaceId)).toMatchObject({ type: 'subscribed' });
      client.close();
    }
    const narrow = await SocketClient.known(here.url, await workspaceToken(here, owner, ['schedules:read']));
    expect(await narrow.subscribe(owner.workspaceId)).toMatchObject({
      type: 'error',
      code: 'access.token_scope_missing',
    });
    narrow.close();
  });

  it('resumes in another process after the id of the last event, and stops when told', async () => {
    const client = await SocketClient.known(here.url, owner.token);
    await client.subscribe(owner.workspaceId);
    await publisher(here, owner.workspaceId)(1, 2, 3);
    const [first] = await client.events(3);
    const resumed = await SocketClient.known(there.url, owner.token);
    await resumed.subscribe(owner.workspaceId, { last_event_id: first?.id });
    expect(numbers(await resumed.events(2))).toEqual([2, 3]);
    await resumed.say({ type: 'unsubscribe', workspace_id: owner.workspaceId });
    await resumed.hears('unsubscribed');
    await publisher(here, owner.workspaceId)(4);
    expect(numbers(await client.events(4))).toEqual([1, 2, 3, 4]);
    expect(await resumed.events(2)).toHaveLength(2);
    expect(await resumed.subscribe(owner.workspaceId, { last_event_id: 'x' })).toMatchObject({
      code: 'event.cursor_invalid',
    });
    client.close();
    resumed.close();
  });

  it('tells a decision beside its payload, where agents look for it', async () => {
    const client = await SocketClient.known(there.url, owner.token);
    await client.subscribe(owner.workspaceId);
    const id = await ask(here, owner);
    await decide(here, owner, id);
    const decided = (await client.events(3)).find(({ event }) => event === 'APPROVAL_DECIDED');
    expect(decided).toMatchObject({
      approval_id: id,
      status: 'approved',
      decided_by: 'human',
      payload: { approval_id: id },
    });
    client.close();
  });

  it('closes when its server stops', async () => {
    const third = await startTestApp({ database: here.database });
    const client = await SocketClient.known(third.url, owner.token);
    await client.subscribe(owner.workspaceId);
    await third.close();
    expect(await client.over()).toEqual({ code: 1001, reason: 'shutting_down' });
  });
});

describe('without a valid token, the WebSocket', () => {
  it.each([
    ['something else first', { type: 'subscribe', workspace_id: 'w' }],
    ['a token that was made up', { type: 'auth', token: 'crewship_cli_made_up' }],
    ['a workspace token that was made up', { type: 'auth', token: 'cws_made_up' }],
    ['no JSON', 'hello'],
    ['an unknown type', { type: 'hello' }],
    ['a list', []],
    ['binary', Buffer.from('{"type":"auth"}')],
  ])('answers %s with an error and is over', async (_what, message) => {
    const client = new SocketClient(here.url);
    await client.say(message);
    expect((await client.over()).code).toBe(1008);
    expect(client.heard).toEqual([expect.objectContaining({ type: 'error', code: expect.any(String) })]);
  });

  it('is over when none comes in time', async () => {
    limitsOf(here).firstMessageMs = 50;
    const client = new SocketClient(here.url);
    expect(await client.over()).toEqual({ code: 1008, reason: 'no token came in time' });
    limitsOf(here).firstMessageMs = 5_000;
  });

  it('takes no ticket that is older than a minute', async () => {
    const token = await ticket(owner);
    here.clock.advanceMs(60_000);
    const client = new SocketClient(here.url);
    await client.say({ type: 'auth', token });
    expect((await client.over()).code).toBe(1008);
  });

  it('opens to no page of another origin, and to ours and those that are listed', async () => {
    const open = async (app: TestApp, origin: string) => {
      const client = new SocketClient(app.url, { Origin: origin });
      while (client.refused === null && client.socket.readyState === client.socket.CONNECTING)
        await new Promise((resolve) => setTimeout(resolve, 2));
      const outcome = client.refused ?? 101;
      client.socket.terminate();
      return outcome;
    };
    expect(await open(here, 'https://evil.example')).toBe(403);
    expect(await open(here, 'https://app.example.com')).toBe(403);
    expect(await open(there, 'https://app.example.com')).toBe(101);
    expect(await open(here, here.url)).toBe(101);
    expect(await open(here, 'null')).toBe(403);
  });

  it('leaves other upgrades on other paths to be ordinary requests', async () => {
    const { port } = new URL(here.url);
    const status = await new Promise((resolve, reject) => {
      const headers = { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': 'AAMAAABkAAQAAP__' };
      request({ port, path: '/api/health', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(200);
  });
});

describe('while a WebSocket lasts', () => {
  it('what its caller may see is asked again', async () => {
    limitsOf(here).recheckMs = 30;
    const member = await here.seed.member(owner.workspaceId, 'VIEWER');
    const [removed, ended] = [
      await SocketClient.known(here.url, await ticket(member)),
      await SocketClient.known(here.url, await ticket(owner)),
    ];
    for (const client of [removed, ended]) await client.subscribe(owner.workspaceId);
    await here.prisma.client.workspaceMember.delete({ where: { id: member.memberId } });
    expect(await removed.hears('unsubscribed')).toMatchObject({
      workspace_id: owner.workspaceId,
      reason: 'access_lost',
    });
    expect(removed.closed).toBeNull();
    await here.prisma.client.cliToken.updateMany({ where: { userId: owner.userId }, data: { revokedAt: new Date() } });
    expect(await ended.over()).toEqual({ code: 1008, reason: 'access_lost' });
    limitsOf(here).recheckMs = 30_000;
    removed.close();
  });

  it('answers nonsense with an error and goes on', async () => {
    const client = await SocketClient.known(here.url, owner.token);
    await client.say('{');
    await client.hears('error');
    await client.say({ type: 'subscribe', workspace_id: 'no such/id' });
    await client.say({ type: 'unsubscribe', workspace_id: 'nothing' });
    await client.say({ type: 'auth', token: owner.token });
    expect(await client.subscribe(owner.workspaceId)).toMatchObject({ type: 'error' });
    while (client.heard.filter(({ type }) => type === 'subscribed').length < 1)
      await new Promise((r) => setTimeout(r, 2));
    expect(client.heard.filter(({ type }) => type === 'error').map(({ code }) => code)).toEqual([
      'event_stream.invalid_message',
      'event_stream.invalid_message',
      'event_stream.not_subscribed',
      'event_stream.invalid_message',
    ]);
    client.close();
  });

  it('closes on a message beyond 16 KiB, and on more messages than it can answer', async () => {
    const client = await SocketClient.known(here.url, owner.token);
    await client.say({ type: 'subscribe', workspace_id: 'x'.repeat(17_000) });
    expect((await client.over()).code).toBe(1009);
    const hasty = await SocketClient.known(here.url, owner.token);
    for (let n = 0; n < 200; n += 1)
      hasty.socket.send(JSON.stringify({ type: 'subscribe', workspace_id: owner.workspaceId }));
    expect(await hasty.over()).toEqual({ code: 1008, reason: 'too many messages' });
  });

  it('gives one address few places before a token was shown, and leaves the others to others', async () => {
    Object.assign(limitsOf(here), { strangersPerAddress: 1 });
    const first = new SocketClient(here.url);
    await vi.waitFor(() => expect(first.socket.readyState).toBe(1));
    const second = new SocketClient(here.url);
    await vi.waitFor(() => expect(second.refused).toBe(429));
    const elsewhere = new SocketClient(here.url, { 'x-forwarded-for': '198.51.100.7' });
    await elsewhere.say({ type: 'auth', token: owner.token });
    await elsewhere.hears('authenticated');
    await first.say({ type: 'auth', token: owner.token });
    await first.hears('authenticated');
    const third = await SocketClient.known(here.url, owner.token);
    Object.assign(limitsOf(here), { strangersPerAddress: 20 });
    for (const each of [first, elsewhere, third]) each.close();
  });

  it('holds a caller to so many connections and subscriptions', async () => {
    Object.assign(limitsOf(here), { perCaller: 1, subscriptions: 1 });
    const client = await SocketClient.known(here.url, owner.token);
    const second = new SocketClient(here.url);
    await second.say({ type: 'auth', token: owner.token });
    expect((await second.over()).code).toBe(1008);
    expect(second.heard[0]).toMatchObject({ code: 'event_stream.too_many' });
    const { workspaceId } = await here.seed.workspace();
    const { userId } = owner;
    const now = here.clock.now();
    await here.prisma.client.workspaceMember.create({
      data: { id: `both-${workspaceId}`, workspaceId, userId, role: 'VIEWER', createdAt: now, updatedAt: now },
    });
    await client.subscribe(owner.workspaceId);
    expect(await client.subscribe(workspaceId)).toMatchObject({ code: 'event_stream.too_many_subscriptions' });
    Object.assign(limitsOf(here), { perCaller: 20, subscriptions: 50 });
    client.close();
  });
});
