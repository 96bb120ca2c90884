// `npm run bench:composio`: what the product asks of Composio, and how long its answers take. Stub and product are
// processes of their own on loopback, so the times are the product's share.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startEmbeddedPostgres } from '../dist/libs/prisma/src/embedded/index.js';
import { fill, ids, tokenOf } from './fill.mjs';
import { start } from './processes.mjs';

const accounts = Number(process.env.BENCH_COMPOSIO_ACCOUNTS ?? 5_000);
const apps = 10;
const key = 'ak_bench_0123456789abcdef';
const folder = mkdtempSync(join(tmpdir(), 'crewship-bench-composio-'));
const headers = {
  authorization: `Bearer ${tokenOf(0)}`,
  'x-workspace-id': ids.workspace(0),
  'content-type': 'application/json',
};

const composio = await startComposio();
const database = await startEmbeddedPostgres({ dataDir: folder });
const app = await start(['dist/apps/api/src/main.js'], {
  DATA_DIR: folder,
  DATABASE_URL: database.url,
  PORT: '0',
  LOG_LEVEL: 'warn',
  ENCRYPTION_KEY: '8f1d2c3b4a5968778695a4b3c2d1e0f00f1e2d3c4b5a69788796a5b4c3d2e1f7',
  MCP_REGISTRY_AUTO_SYNC: 'false',
  COMPOSIO_BASE_URL: composio.url,
  COMPOSIO_DEFAULT_CONNECTOR: 'true',
  EGRESS_ALLOW: '127.0.0.1',
});
try {
  await fill(database.url, { workspaces: 1, agents: 3, servers: 20, bindings: 6 });
  await call('PUT', '/composio/settings', { api_key: key });
  const rows = await measureAll();
  console.log(`\n${accounts.toLocaleString('en')} accounts, Node ${process.version}, ${process.platform}\n`);
  console.table(Object.fromEntries(rows.map(({ label, ...row }) => [label, row])));
  for (const { label, repeated } of rows) if (repeated > 0) throw new Error(`“${label}” asked the same more than once`);
  for (const { label, calls } of rows) {
    if (label.startsWith('resolved') && calls > 0) throw new Error(`“${label}” asked Composio`);
  }
} finally {
  await app.stop();
  await database.stop();
  composio.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measureAll() {
  const bind = (agent) => () => {
    const wanted = Array.from({ length: apps }, (_, n) => ({ toolkit: `app-${n}`, mode: 'read' }));
    return call('POST', `/composio/agents/${ids.agent(0, agent)}/bind`, { user_id: 'user-1', apps: wanted });
  };
  // What makes no call because it holds nothing of Composio would prove nothing.
  const resolved = (agent, count) => async () => {
    const servers = await callBeside(`/api/v1/agents/${ids.agent(0, agent)}/integrations/resolved`);
    const offered = servers.filter(({ endpoint }) => endpoint?.startsWith(composio.url)).length;
    if (offered !== count) throw new Error(`the agent has ${offered} servers of Composio instead of ${count}`);
  };
  return [
    await measured(`bind of ${apps} apps, read-only, first agent`, 1, bind(0)),
    await measured(`the same for a second agent`, 1, bind(1)),
    await measured(`inventory of ${accounts.toLocaleString('en')} accounts`, 5, () =>
      call('GET', '/composio/inventory'),
    ),
    await measured('default connector set up', 1, () => call('PUT', '/composio/default', { user_id: 'user-1' })),
    await measured('resolved, default connector only', 200, resolved(2, 1)),
    await measured(`resolved, ${apps} apps bound`, 200, resolved(0, apps)),
  ];
}

// The calls are those of one round; all rounds have to make as many.
async function measured(label, rounds, action) {
  const before = (await calls()).length;
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    await action();
    times.push(performance.now() - started);
  }
  const all = (await calls()).slice(before);
  const asked = all.slice(0, all.length / rounds);
  if (asked.length * rounds !== all.length) throw new Error(`“${label}” did not ask equally often in every round`);
  times.sort((one, other) => one - other);
  return {
    label,
    rounds,
    'median, ms': Number(times[Math.floor(times.length / 2)].toFixed(1)),
    'slowest, ms': Number(times[times.length - 1].toFixed(1)),
    calls: asked.length,
    repeated: asked.length - new Set(asked.map((each) => JSON.stringify(each))).size,
  };
}

function call(method, path, body) {
  return callBeside(`/api/v1/integrations${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
}

async function callBeside(path, init = {}) {
  const answer = await fetch(app.url + path, { ...init, headers });
  if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

async function calls() {
  return (await fetch(`${composio.observerUrl}/calls`)).json();
}

async function startComposio() {
  const loader = join(import.meta.dirname, '../libs/testing/src/process/typescript-loader.mjs');
  const script = join(import.meta.dirname, '../test/counterparts/composio-stub/run.ts');
  const args = ['--import', loader, script, key, String(apps), String(accounts)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface(child.stdout), 'line');
  return { ...JSON.parse(line), stop: () => child.kill('SIGTERM') };
}
