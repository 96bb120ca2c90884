import { openEventStream } from './event-stream.mjs';
import { done, step, title } from './narrate.mjs';
import { observe } from './observer.mjs';
import { approve, chat, showChannelLog } from './runtime-chat.mjs';
import { moveElsewhere } from './runtime-move.mjs';
import { awaitMinute, scheduleCheck } from './runtime-schedule.mjs';
import { settleShop } from './runtime-world.mjs';
import { table } from './table.mjs';

/** From an agent that runs elsewhere to its workspace in a second instance. */
export async function tellRuntimeStory(stage) {
  const { signal } = stage;
  step('Starting an A2A agent, a stub of Telegram, and the product on an empty database (about 10 s) …');
  const [agent, telegram] = await Promise.all([stage.startAgent(), stage.startChatPlatforms()]);
  const base = await stage.startProduct({ TELEGRAM_API_URL: telegram.url });
  signal.throwIfAborted();
  done(`product ${base}, agent ${agent.url}`);

  const observer = observe(agent.observerUrl, signal);
  const telegramCalls = observe(telegram.observerUrl, signal);
  const shop = await settleShop({ base, agent, telegram, observer, signal });
  const events = await openEventStream({ baseUrl: base, token: shop.token, workspaceId: shop.id, signal });

  const schedule = await scheduleCheck(shop, signal);
  await chat(shop, telegramCalls, signal);
  await approve(shop, observer, telegramCalls, signal);
  await showChannelLog(shop);
  const [there] = await Promise.all([stage.startProduct(), awaitMinute(shop, schedule, signal)]);
  signal.throwIfAborted();
  showEvents(events);
  await moveElsewhere(shop, there, signal);
}

function showEvents(events) {
  title(`What the event stream of the workspace said meanwhile: ${events.length} events`);
  const rows = events.map(({ type, timestamp, data }) => [
    new Date(timestamp).toISOString().slice(11, 23),
    type,
    aboutOf(data),
  ]);
  console.log(table(['AT', 'EVENT', 'ABOUT'], rows));
}

const telling = [
  'trigger_type',
  'schedule_name',
  'action',
  'decision',
  'decided_by',
  'direction',
  'username',
  'status',
];

// What a person can read of it: the ids are for programs.
function aboutOf(data) {
  return [...new Set(telling.flatMap((name) => data[name] ?? []))].join(', ') || null;
}
