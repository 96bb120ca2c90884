// `npm run bench:schedules`: ten thousand schedules that are due in the same minute, two replicas, and one of them killed
// half-way. Every schedule has to have exactly one run; how late it began is printed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedPostgres } from '../dist/libs/prisma/src/embedded/index.js';
import { fill, ids } from './fill.mjs';
import { start } from './processes.mjs';

const schedules = Number(process.env.BENCH_SCHEDULES ?? 10_000);
const workspaces = 50;
const patienceMs = 90_000;
// Of one moment each expression is another one in another zone, so that none is computed once for all.
const zones = Intl.supportedValuesOf('timeZone').filter((_, index) => index % 20 === 0);

const folder = mkdtempSync(join(tmpdir(), 'crewship-bench-schedules-'));
const database = await startEmbeddedPostgres({ dataDir: folder });
const replicas = [];
const client = new pg.Client({ connectionString: database.url });
client.on('error', () => undefined);
let survivor = null;
try {
  replicas.push(await replica());
  await client.connect();
  await fill(database.url, { workspaces, agents: 1, servers: 1, bindings: 1 });
  replicas.push(await replica());
  const slot = await plan();
  console.log(`${schedules.toLocaleString('en')} schedules are due at ${slot.toISOString()}`);
  const [victim] = replicas;
  survivor = replicas[1];
  await until(slot, (runs) => runs >= schedules / 2);
  process.kill(victim.pid, 'SIGKILL');
  const killedAt = await runCount();
  await until(slot, (runs) => runs >= schedules);
  const doneMs = Date.now() - slot.getTime();
  // Time for a second run of anything, if there were one.
  await sleep(2_000);
  await report(killedAt, doneMs);
} finally {
  await survivor?.stop();
  await client.end();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
}

function replica() {
  return start(['dist/apps/api/src/main.js'], {
    DATA_DIR: mkdtempSync(join(folder, 'replica-')),
    DATABASE_URL: database.url,
    PORT: '0',
    LOG_LEVEL: 'warn',
    ENCRYPTION_KEY: '8f1d2c3b4a5968778695a4b3c2d1e0f00f1e2d3c4b5a69788796a5b4c3d2e1f7',
    MCP_REGISTRY_AUTO_SYNC: 'false',
  });
}

// The next minute that leaves time to write the rows. The agents take whatever comes: none is skipped for being busy.
async function plan() {
  const slot = new Date(Math.ceil((Date.now() + 10_000) / 60_000) * 60_000);
  await client.query(
    `INSERT INTO workspace_runtimes (workspace_id, max_concurrent_tasks, created_at, updated_at)
     SELECT id, 1000000, now(), now() FROM workspaces`,
  );
  await client.query(`UPDATE agents SET agent_role = 'LEAD'`);
  const rows = Array.from({ length: schedules }, (_, n) => ({
    id: `cbench${String(n).padStart(12, '0')}`,
    workspace_id: ids.workspace(n % workspaces),
    name: `schedule ${n}`,
    ...expressionAt(slot, zones[n % zones.length]),
    next_run_at: slot,
  }));
  await client.query(
    `INSERT INTO schedules (id, workspace_id, name, cron_expr, timezone, prompt, next_run_at, created_at, updated_at)
     SELECT id, workspace_id, name, cron_expr, timezone, 'What is new?', next_run_at, now(), now()
     FROM json_to_recordset($1) AS s(id text, workspace_id text, name text, cron_expr text, timezone text,
       next_run_at timestamptz)`,
    [JSON.stringify(rows)],
  );
  await client.query('ANALYZE schedules');
  return slot;
}

function expressionAt(slot, timezone) {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(slot);
  const { minute, hour, day, month } = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  return { timezone, cron_expr: `${minute} ${hour} ${day} ${month} *` };
}

async function until(slot, reached) {
  while (!reached(await runCount())) {
    if (Date.now() > slot.getTime() + patienceMs) throw new Error(`only ${await runCount()} schedules have run`);
    await sleep(25);
  }
}

async function runCount() {
  const { rows } = await client.query('SELECT count(*)::int AS count FROM schedule_runs');
  return rows[0].count;
}

async function report(killedAt, doneMs) {
  const { rows } = await client.query(`
    WITH late AS (SELECT extract(epoch FROM started_at - scheduled_for) * 1000 AS ms FROM schedule_runs)
    SELECT (SELECT count(*)::int FROM schedule_runs) AS runs,
           (SELECT count(DISTINCT schedule_id)::int FROM schedule_runs) AS schedules,
           (SELECT count(*)::int FROM schedule_runs r JOIN deliveries d ON d.id = r.delivery_id AND d.origin_id = r.id) AS sent,
           (SELECT count(*)::int FROM deliveries WHERE type = 'agent.message') AS messages,
           percentile_disc(0.5) WITHIN GROUP (ORDER BY ms)::int AS p50,
           percentile_disc(0.99) WITHIN GROUP (ORDER BY ms)::int AS p99, max(ms)::int AS max
    FROM late`);
  const [{ runs, schedules: ran, sent, messages, p50, p99, max }] = rows;
  console.log(
    `\nNode ${process.version}, ${process.platform}; one of two replicas was killed after ${killedAt} runs\n`,
  );
  console.table({
    'schedules with a run': { count: ran },
    runs: { count: runs },
    'messages to agents': { count: messages },
  });
  console.table({
    'begun after its moment, ms': { p50, p99, max },
    'all committed, ms after the moment': { max: doneMs },
  });
  for (const [what, count] of Object.entries({ runs, ran, sent, messages })) {
    if (count !== schedules) throw new Error(`${what}: ${count} instead of ${schedules}`);
  }
  console.log('every schedule has exactly one run, and every run one message');
}
