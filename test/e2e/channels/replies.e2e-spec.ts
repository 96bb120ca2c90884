import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { JobRunner } from '#jobs';
import { Secret } from '#kernel';
import type { SeededMember } from '#testing';
import { DeliveryTargetsService } from '../../../apps/api/src/modules/deliveries/delivery-targets.service.js';
import { ChannelsApp, secrets } from './channels-app.fixture.js';
import { slackMessage, telegramMessage } from './inbound-messages.fixture.js';

const minute = 60_000;

describe('answers on their way back', () => {
  let app: ChannelsApp;
  let owner: SeededMember;
  let agent: Server;
  let answer: (text: string) => { status: number; body: unknown };
  const asked: { params: { message: { parts: { text: string }[] }; metadata: { history: object[] } } }[] = [];

  beforeAll(async () => {
    agent = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const message = JSON.parse(Buffer.concat(chunks).toString('utf8')) as (typeof asked)[number];
        asked.push(message);
        const { status, body } = answer(message.params.message.parts[0]?.text ?? '');
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => agent.listen(0, '127.0.0.1', resolve));
    app = await ChannelsApp.start();
  });
  beforeEach(async () => {
    app.stub.reset();
    asked.length = 0;
    answer = (text) => ({ status: 200, body: said(`you said ${text}`) });
    await app.test.prisma.client.channel.deleteMany();
    owner = await app.test.seed.workspace();
    await app.test.seed.agent(owner.workspaceId, { agentRole: 'LEAD' });
    await endpoint(owner.workspaceId);
  });
  afterAll(async () => {
    await app.close();
    agent.close();
  });

  const said = (text: string) => ({
    jsonrpc: '2.0',
    id: '1',
    result: { kind: 'message', role: 'agent', messageId: 'm', parts: [{ kind: 'text', text }] },
  });

  async function endpoint(workspaceId: string): Promise<void> {
    const { test } = app;
    const id = `endpoint-${workspaceId}`;
    const targets = test.app.get(DeliveryTargetsService, { strict: false });
    const sealedSecret = await targets.seal({ id, workspaceId }, new Secret('dls_known'));
    const now = test.clock.now();
    const url = `http://127.0.0.1:${(agent.address() as AddressInfo).port}/`;
    await test.prisma.client.deliveryEndpoint.create({
      data: { id, workspaceId, url, protocol: 'a2a', sealedSecret, eventTypes: [], createdAt: now, updatedAt: now },
    });
  }

  const work = () => app.test.app.get(JobRunner, { strict: false }).runDue();
  const sent = () =>
    app.stub.callsOf('telegram.sendMessage').map(({ body }) => `${String(body.chat_id)}: ${String(body.text)}`);

  it('posts what the agent answered to the chat that asked, and shows it in the log', async () => {
    const id = await app.channel(owner, 'telegram', { config: { ...app.configOf('telegram'), chat_id: '7,8' } });
    await app.telegram(telegramMessage('hello', { chat: 8 }));
    await work();
    expect(sent()).toEqual(['8: you said hello']);
    expect(await app.log(owner, id)).toMatchObject([
      { status: 'answered', text: 'hello', reply_text: 'you said hello' },
    ]);
    await work();
    expect(sent()).toHaveLength(1);
  });

  it('tells the agent the last ten exchanges of the chat, not those of others, of yesterday or before /reset', async () => {
    await app.channel(owner, 'telegram', { config: { ...app.configOf('telegram'), chat_id: '7,8' } });
    const ask = async (text: string, chat = 7) => {
      await app.telegram(telegramMessage(text, { chat }));
      await work();
      app.test.clock.advanceMs(1_000);
    };
    await ask('elsewhere', 8);
    for (let n = 1; n <= 12; n += 1) await ask(`question ${n}`);
    await ask('now');
    const history = asked.at(-1)?.params.metadata.history as {
      message: string;
      reply: string;
      user: string;
      time: string;
    }[];
    expect(history.map(({ message }) => message)).toEqual(Array.from({ length: 10 }, (_, n) => `question ${n + 3}`));
    expect(history[0]).toMatchObject({ user: 'ada', reply: 'you said question 3', time: expect.any(String) });
    await ask('/reset');
    await ask('who am I');
    expect(asked.at(-1)?.params.metadata.history).toEqual([]);
    app.test.clock.advanceMs(25 * 60 * minute);
    await ask('tomorrow');
    expect(asked.at(-1)?.params.metadata.history).toEqual([]);
  });

  it('answers /start, /help and /reset itself, also when they name the bot', async () => {
    await app.channel(owner, 'telegram');
    for (const text of ['/start', '/help@crew_bot', '/reset now']) await app.telegram(telegramMessage(text));
    await work();
    expect(sent()).toHaveLength(3);
    expect(asked).toEqual([]);
    await app.telegram(telegramMessage('/cancel'));
    await work();
    expect(asked).toHaveLength(1);
  });

  it('tries an answer again after a while, and says in the log when it gives up', async () => {
    const id = await app.channel(owner, 'telegram');
    app.stub.decide = () => ({ hangUp: true });
    await app.telegram(telegramMessage('patience'));
    await work();
    expect(await app.log(owner, id)).toMatchObject([{ status: 'accepted', reason: null }]);
    app.stub.decide = () => null;
    app.test.clock.advanceMs(11_000);
    await work();
    expect(await app.log(owner, id)).toMatchObject([{ status: 'answered' }]);
    app.stub.decide = () => ({ status: 503, body: 'down' });
    await app.telegram(telegramMessage('in vain'));
    for (let n = 0; n < 6; n += 1) {
      await work();
      app.test.clock.advanceMs(6 * minute);
    }
    const [last] = await app.log(owner, id);
    expect(last).toMatchObject({
      status: 'failed',
      reason: 'the answer could not be sent: the platform failed (HTTP 503)',
    });
    expect(app.stub.calls.filter(({ body }) => body.text === 'you said in vain')).toHaveLength(4);
  });

  it('tells the chat when the agent could not be reached, and the log why', async () => {
    const id = await app.channel(owner, 'telegram');
    answer = () => ({ status: 500, body: { secret: 'words-of-the-agent' } });
    await app.telegram(telegramMessage('anybody there'));
    for (let n = 0; n < 8; n += 1) {
      await work();
      app.test.clock.advanceMs(61 * minute);
    }
    expect(sent()).toEqual(['7: Error: the agent could not be reached']);
    expect(await app.log(owner, id)).toMatchObject([{ status: 'failed', reason: expect.any(String) }]);
  });

  it('lets schedules read the Slack channel and answer there', async () => {
    const id = await app.channel(owner, 'slack');
    await app.slack(slackMessage('ship it on friday'));
    await work();
    app.test.clock.advanceMs(1_000);
    const made = await app.call(owner, 'POST', `/api/v1/workspaces/${owner.workspaceId}/schedules`, {
      name: 'report',
      cron_expr: '0 3 * * *',
      prompt: 'Anything new?',
    });
    answer = () => ({ status: 200, body: said('n'.repeat(600)) });
    await app.call(owner, 'POST', `/api/v1/workspaces/${owner.workspaceId}/schedules/${String(made.body.id)}/run`);
    await work();
    // What an answer sets off is a job of its own.
    await work();
    expect(asked.at(-1)?.params.message.parts[0]?.text).toContain(
      '[Slack channel context — recent team messages]\n- U42: ship it on friday\n',
    );
    const posted = app.stub.callsOf('slack.chat.postMessage').map(({ body }) => String(body.text));
    expect(posted).toEqual(['you said ship it on friday', `${'n'.repeat(497)}...`]);
    expect((await app.log(owner, id)).map(({ direction, status }) => `${direction} ${status}`)).toEqual([
      'outbound sent',
      'inbound answered',
    ]);
  });

  it('keeps an answer to a schedule although the secrets of the Slack channel cannot be opened', async () => {
    const id = await app.channel(owner, 'slack');
    await app.test.prisma.client.channel.update({ where: { id }, data: { sealedConfig: 'v1:not-ours' } });
    const schedules = `/api/v1/workspaces/${owner.workspaceId}/schedules`;
    const made = await app.call(owner, 'POST', schedules, { cron_expr: '0 3 * * *', prompt: 'Anything new?' });
    answer = () => ({ status: 200, body: said('nothing') });
    await app.call(owner, 'POST', `${schedules}/${String(made.body.id)}/run`);
    await work();
    const { body } = await app.call(owner, 'GET', `${schedules}/${String(made.body.id)}/history`);
    expect(body).toMatchObject([{ status: 'ok', error_detail: '' }]);
    await work();
    const reason = 'the secrets of the channel cannot be opened';
    expect(await app.log(owner, id)).toMatchObject([{ status: 'failed', reason }]);
  });

  it('keeps every secret out of answers, logs, audit rows, events, jobs and deliveries', async () => {
    for (const type of ['telegram', 'slack', 'discord', 'lark'] as const) await app.channel(owner, type);
    const list = (await app.call(owner, 'GET', app.path(owner))).body as unknown as {
      id: string;
      channel_type: string;
    }[];
    const answers: string[] = [JSON.stringify(list)];
    for (const fault of [null, { hangUp: true }, { status: 500, body: 'x' }]) {
      app.stub.decide = () => fault;
      for (const { id } of list) {
        for (const [method, rest, body] of [
          ['GET', '', undefined],
          ['POST', '/send', { text: 'hello' }],
          ['POST', '/test', undefined],
          ['POST', '/webhook', undefined],
          ['PATCH', '', { config: { bot_token: 5 } }],
          ['GET', '/messages', undefined],
        ] as const) {
          answers.push((await app.call(owner, method, app.path(owner, `/${id}${rest}`), body)).text);
        }
      }
    }
    await app.telegram(telegramMessage('x'));
    await work();
    const { client } = app.test.prisma;
    const rows = await Promise.all([
      client.auditLog.findMany(),
      client.event.findMany(),
      client.delivery.findMany({ select: { data: true, lastError: true, replyText: true } }),
      client.channelMessage.findMany(),
      client.channel.findMany(),
      client.$queryRaw`SELECT payload::text FROM graphile_worker._private_jobs`,
    ]);
    const everywhere = [
      ...answers,
      ...app.test.logs,
      JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    ].join('\n');
    const found = [app.stub.telegramToken, app.stub.slackToken, ...Object.values(secrets)].filter((secret) =>
      everywhere.includes(secret),
    );
    expect(found).toEqual([]);
  });
});
