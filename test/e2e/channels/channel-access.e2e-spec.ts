import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { ChannelsApp } from './channels-app.fixture.js';

describe('who may do what with channels', () => {
  let app: ChannelsApp;

  beforeAll(async () => {
    app = await ChannelsApp.start();
  });
  afterAll(() => app.close());

  const fresh = () => app.test.seed.workspace();

  it('hides a channel from other workspaces and malformed ids alike, in every operation', async () => {
    const stranger = await fresh();
    const id = await app.channel(await fresh(), 'telegram');
    const before = app.stub.calls.length;
    for (const [method, rest, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { enabled: false }],
      ['DELETE', '', undefined],
      ['GET', '/messages', undefined],
      ['POST', '/send', { text: 'x' }],
      ['POST', '/test', undefined],
      ['POST', '/webhook', undefined],
    ] as const) {
      const answers = await Promise.all(
        [id, 'nobody', 'not-a-uuid!'].map((each) =>
          app.call(stranger, method, app.path(stranger, `/${encodeURIComponent(each)}${rest}`), body),
        ),
      );
      expect(answers.map(({ status, body: { detail } }) => `${method} ${rest} ${status} ${String(detail)}`)).toEqual(
        Array(3).fill(`${method} ${rest} 404 channel not found`),
      );
    }
    expect(app.stub.calls.length).toBe(before);
  });

  it('lets a VIEWER read, a MANAGER send, and only ADMIN and above change', async () => {
    const one = await fresh();
    const id = await app.channel(one, 'telegram');
    const viewer = await app.test.seed.member(one.workspaceId, 'VIEWER');
    const manager = await app.test.seed.member(one.workspaceId, 'MANAGER');
    const statusOf = async (caller: SeededMember, method: string, rest: string, body?: unknown) =>
      (await app.call(caller, method, app.path(one, rest), body)).status;
    expect([
      await statusOf(viewer, 'GET', ''),
      await statusOf(viewer, 'GET', `/${id}/messages`),
      await statusOf(viewer, 'POST', `/${id}/send`, { text: 'x' }),
      await statusOf(manager, 'POST', `/${id}/send`, { text: 'x' }),
      await statusOf(manager, 'POST', '', {}),
      await statusOf(manager, 'PATCH', `/${id}`, {}),
      await statusOf(manager, 'DELETE', `/${id}`),
      await statusOf(manager, 'POST', `/${id}/webhook`),
    ]).toEqual([200, 200, 403, 200, 403, 403, 403, 403]);
  });

  it('opens to a token of the workspace within its scopes, and to no token of another', async () => {
    const one = await fresh();
    const id = await app.channel(one, 'telegram');
    const tokenOf = (workspaceId: string, scopes: string[]) => app.workspaceToken(workspaceId, scopes);
    const reader = await tokenOf(one.workspaceId, ['channels:read']);
    const writer = await tokenOf(one.workspaceId, ['channels:write']);
    const other = await tokenOf((await fresh()).workspaceId, ['*']);
    const send = (caller: { token: string }) => app.call(caller, 'POST', app.path(one, `/${id}/send`), { text: 'x' });
    expect((await app.call(reader, 'GET', app.path(one))).status).toBe(200);
    expect((await send(reader)).status).toBe(403);
    expect((await send(writer)).status).toBe(200);
    expect([401, 403, 404]).toContain((await send(other)).status);
    const { actorType, userId } =
      (await app.test.prisma.client.auditLog.findFirst({ where: { entityId: id, action: 'channel.send' } })) ?? {};
    expect({ actorType, userId }).toEqual({ actorType: 'workspace_token', userId: null });
  });
});
