import { setTimeout as pause } from 'node:timers/promises';
import { done, step, title } from './narrate.mjs';
import { eventually } from './patience.mjs';
import { facts, table } from './table.mjs';

// Long enough to see that the agent really waits.
const thinkingMs = 1_500;
let serial = 700;

/** A person writes to the bot, and is answered in the chat. */
export async function chat(shop, telegram, signal) {
  step('Ada writes to the bot, in the shape that Telegram sends …');
  const update = messageOf('How is the shop doing?');
  console.log(
    facts({
      'with the secret': await post(shop, update, signal),
      'the same once more': await post(shop, update, signal),
      'with a wrong secret': await post(shop, messageOf('Let me in'), signal, 'a-guess-of-somebody'),
      'by somebody else': await post(shop, messageOf('Hello?', { id: 66, username: 'mallory' }), signal),
    }),
  );
  await eventually('The answer in the chat', async () => (await said(telegram)).length > 0, { signal });
  done(`the agent answered, in chat 7: “${(await said(telegram))[0]}”`);
}

/** The agent is asked for something that it may not do alone: it asks, waits, and goes on when a person has decided. */
export async function approve(shop, agent, telegram, signal) {
  step('Ada asks for something that the agent may not do alone …');
  await post(shop, messageOf('Please roll back the checkout'), signal);
  const path = { workspaceId: shop.id };
  const pending = () =>
    shop.api.get('/api/v1/workspaces/{workspaceId}/approvals', { params: { path, query: { status: 'pending' } } });
  await eventually('The request for an approval', async () => (await pending()).length > 0, { signal });
  const [request] = await pending();
  console.log(
    facts({
      'it wants to': request.action,
      because: `“${request.reason}”`,
      'denied by itself': request.expires_at.slice(11, 19),
    }),
  );
  await eventually('The agent’s wait', async () => (await agent.get('/deeds')).length > 1, { signal });
  await pause(thinkingMs, undefined, { signal });
  step('Ada approves …');
  await shop.api.post('/api/v1/workspaces/{workspaceId}/approvals/{approvalId}/decide', {
    params: { path: { ...path, approvalId: request.id } },
    body: { decision: 'approve', decided_by: 'Ada' },
  });
  await eventually('The agent’s report', async () => (await agent.get('/deeds')).length > 3, { signal });
  const deeds = await agent.get('/deeds');
  done('the agent’s wait returned, and it went on');
  title('What the agent did by itself');
  console.log(
    table(
      ['AT', 'WHAT'],
      deeds.map(({ at, what }) => [at.slice(11, 23), what]),
    ),
  );
  title('What Telegram was told to post');
  console.log(
    table(
      ['CHAT', 'TEXT'],
      (await said(telegram)).map((text) => ['7', text]),
    ),
  );
}

/** The channel’s log: also what was dropped, and why. */
export async function showChannelLog(shop) {
  const log = await shop.api.get('/api/v1/workspaces/{workspaceId}/channels/{channelId}/messages', {
    params: { path: { workspaceId: shop.id, channelId: shop.channel.id } },
  });
  title('The log of the channel, newest first (the guess and the repetition never got in)');
  const rows = log.map((line) => [
    line.direction,
    line.username ?? 'the agent',
    line.reason ? `${line.status}: ${line.reason}` : line.status,
    line.text,
  ]);
  console.log(table(['WAY', 'WHO', 'BECAME OF IT', 'TEXT'], rows));
}

async function said(telegram) {
  const calls = await telegram.get('/calls');
  return calls.filter(({ operation }) => operation === 'telegram.sendMessage').map(({ body }) => body.text);
}

async function post({ channel, secrets }, update, signal, secret = secrets.webhook) {
  const response = await fetch(channel.webhookUrl, {
    method: 'POST',
    signal,
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
    body: JSON.stringify(update),
  });
  const { status, detail } = await response.json();
  return `${response.status} ${response.ok ? status : detail}`;
}

function messageOf(text, from = { id: 42, username: 'ada' }) {
  serial += 1;
  return {
    update_id: serial,
    message: {
      message_id: serial,
      date: Math.floor(Date.now() / 1_000),
      chat: { id: 7, type: 'private', first_name: 'Ada' },
      from: { is_bot: false, first_name: 'Ada', ...from },
      text,
    },
  };
}
