import { done, step, title } from './narrate.mjs';
import { countdownTo, eventually } from './patience.mjs';
import { facts, table } from './table.mjs';

/** Makes a schedule for every minute, and runs it at once: by hand. */
export async function scheduleCheck({ api, id }, signal) {
  step('Scheduling a prompt for every minute, and running it at once …');
  const path = { workspaceId: id };
  const made = await api.post('/api/v1/workspaces/{workspaceId}/schedules', {
    params: { path },
    body: {
      name: 'Check the shop',
      cron_expr: '* * * * *',
      timezone: 'Europe/Berlin',
      prompt: 'How is the shop doing?',
    },
  });
  const schedule = { id: made.id, path: { ...path, scheduleId: made.id }, next: new Date(made.next_run_at) };
  console.log(facts({ 'fires next at': `${made.next_runs.map(timeOf).join(', ')} (UTC)` }));
  const { run_id } = await api.post('/api/v1/workspaces/{workspaceId}/schedules/{scheduleId}/run', {
    params: { path: schedule.path },
  });
  const run = await eventually('The scheduled run', async () => ended(await history(api, schedule), run_id), {
    signal,
  });
  if (run.status !== 'ok') throw new Error(`the scheduled prompt failed: ${run.error_detail}`);
  done(`the agent answered within ${run.duration_ms} ms: “${run.response_excerpt}”`);
  return schedule;
}

/** Waits until the schedule has fired by itself, at the turn of the minute, and shows its history. */
export async function awaitMinute({ api }, schedule, signal) {
  step('Waiting for the schedule to fire by itself, at the turn of a minute …');
  const fired = async () =>
    (await history(api, schedule)).find(({ trigger, finished_at }) => trigger !== 'manual' && finished_at);
  const runs = await history(api, schedule);
  const countdown = countdownTo(runs.some(({ trigger }) => trigger !== 'manual') ? new Date() : schedule.next);
  const run = await eventually('The schedule’s turn', fired, { signal, patienceMs: 75_000, tick: countdown.tick });
  countdown.clear();
  if (run.status !== 'ok') throw new Error(`the schedule fired, but its prompt failed: ${run.error_detail}`);
  done(
    `due at ${timeOf(run.scheduled_for)}, answered ${new Date(run.finished_at) - new Date(run.scheduled_for)} ms later`,
  );
  title('The history of the schedule');
  const rows = (await history(api, schedule)).map((each) => [
    timeOf(each.scheduled_for),
    each.trigger,
    each.status,
    `${each.duration_ms ?? '–'} ms`,
    each.response_excerpt,
  ]);
  console.log(table(['FOR', 'SET OFF BY', 'ENDED', 'TOOK', 'THE AGENT’S ANSWER'], rows));
}

function history(api, { path }) {
  return api.get('/api/v1/workspaces/{workspaceId}/schedules/{scheduleId}/history', { params: { path } });
}

function ended(runs, runId) {
  return runs.find(({ run_id, finished_at }) => run_id === runId && finished_at);
}

function timeOf(moment) {
  return moment.slice(11, 19);
}
