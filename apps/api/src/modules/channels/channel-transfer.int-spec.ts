import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Transactions, type WorkspaceScope } from '#kernel';
import { startTestApp, type TestApp } from '#testing';
import { ChannelTransferService } from './channel-transfer.service.js';

describe('moving channels between workspaces', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());

  const scopeOf = ({
    workspaceId,
    userId,
    email,
  }: {
    workspaceId: string;
    userId: string;
    email: string;
  }): WorkspaceScope => ({
    workspaceId,
    role: 'OWNER',
    capabilities: [],
    revision: 0n,
    actor: { kind: 'user', userId, email, tokenId: null, sessionId: null, tokenScopes: null },
    origin: { ip: null, userAgent: null, requestId: 'test' },
  });

  it('takes everything along but the secrets, whose names it tells, and leaves the copy switched off', async () => {
    const from = await test.seed.workspace();
    const to = await test.seed.workspace();
    const bot_token = `1:${'canary'.repeat(6)}`;
    await test.call(`/api/v1/workspaces/${from.workspaceId}/channels`, {
      method: 'POST',
      token: from.token,
      json: {
        channel_type: 'telegram',
        config: { bot_token, chat_id: '7' },
        allowed_users: ['42'],
        channel_budget: 5,
        budget_period: 'day',
      },
    });
    const transfer = test.app.get(ChannelTransferService, { strict: false });
    const transactions = test.app.get(Transactions, { strict: false });
    const exported = await transfer.export(scopeOf(from));
    expect(exported).toMatchObject([
      { channel_type: 'telegram', config: { chat_id: '7' }, secret_keys: ['bot_token', 'webhook_secret'] },
    ]);
    expect(JSON.stringify(exported)).not.toContain('cana');
    const importAll = () =>
      transactions.run(() =>
        transfer.import(scopeOf(to), [...exported, { ...exported[0], channel_type: 'irc' } as never], {
          source: 'template',
        }),
      );
    expect(await importAll()).toEqual({
      created: [{ id: expect.any(String), channel_type: 'telegram', missing_secrets: ['bot_token', 'webhook_secret'] }],
      skipped: [{ channel_type: 'irc', reason: 'unsupported' }],
    });
    expect((await importAll()).skipped.map(({ reason }) => reason)).toEqual(['exists', 'unsupported']);
    const [row] = await test.prisma.client.channel.findMany({ where: { workspaceId: to.workspaceId } });
    expect(row).toMatchObject({
      enabled: false,
      sealedConfig: null,
      allowedUsers: ['42'],
      channelBudget: 5,
      budgetPeriod: 'day',
    });
    const patch = (json: object) =>
      test.call(`/api/v1/workspaces/${to.workspaceId}/channels/${row?.id}`, { method: 'PATCH', token: to.token, json });
    const early = await patch({ enabled: true });
    expect([early.status, await early.json()]).toMatchObject([
      400,
      { detail: 'invalid channel config', errors: [{ field: 'config.bot_token' }] },
    ]);
    expect((await patch({ enabled: true, config: { bot_token, chat_id: '7' } })).status).toBe(200);
  });
});
