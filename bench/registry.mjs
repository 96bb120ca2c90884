// `npm run bench:registry`: a whole sync of a large registry, then one with nothing changed. Registry and product are
// processes of their own on loopback; the memory is the product's.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedPostgres } from '../dist/libs/prisma/src/embedded/index.js';
import { fill, ids, tokenOf } from './fill.mjs';
import { start } from './processes.mjs';

const count = Number(process.env.BENCH_REGISTRY_ENTRIES ?? 20_000);
const folder = mkdtempSync(join(tmpdir(), 'crewship-bench-registry-'));
const headers = { authorization: `Bearer ${tokenOf(0)}`, 'x-workspace-id': ids.workspace(0) };

const registry = await startRegistry();
const database = await startEmbeddedPostgres({ dataDir: folder });
const app = await start(['dist/apps/api/src/main.js'], {
  DATA_DIR: folder,
  DATABASE_URL: database.url,
  PORT: '0',
  LOG_LEVEL: 'warn',
  ENCRYPTION_KEY: '8f1d2c3b4a5968778695a4b3c2d1e0f00f1e2d3c4b5a69788796a5b4c3d2e1f7',
  MCP_REGISTRY_URL: registry.url,
  MCP_REGISTRY_AUTO_SYNC: 'false',
  EGRESS_ALLOW: '127.0.0.1',
});
try {
  await fill(database.url, { workspaces: 1, agents: 1, servers: 1, bindings: 1 });
  const rows = [await measured('full'), await measured('incremental, nothing changed')];
  console.log(`\n${count.toLocaleString('en')} entries, Node ${process.version}, ${process.platform}\n`);
  console.table(Object.fromEntries(rows.map(({ label, ...row }) => [label, row])));
  if (rows[1].requests !== 1) throw new Error('a sync with nothing changed made more than one request');
} finally {
  await app.stop();
  await database.stop();
  registry.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measured(label) {
  await endCooldown();
  const before = { requests: await requestCount(), memory: memoryMib() };
  const started = performance.now();
  const answer = await fetch(`${app.url}/api/v1/mcp-registry/sync`, { method: 'POST', headers });
  if (!answer.ok) throw new Error(`the sync was answered with ${answer.status}: ${await answer.text()}`);
  let peak = before.memory;
  for (;;) {
    const sync = await (await fetch(`${app.url}/api/v1/mcp-registry/sync`, { headers })).json();
    peak = Math.max(peak, memoryMib());
    if (sync.state === 'failed') throw new Error(`the sync failed: ${sync.last_error}`);
    if (sync.state !== 'running') {
      return {
        label,
        seconds: Number(((performance.now() - started) / 1_000).toFixed(2)),
        requests: (await requestCount()) - before.requests,
        entries: sync.entries,
        'RSS before, MiB': before.memory,
        'RSS at most, MiB': peak,
      };
    }
    await sleep(100);
  }
}

// An hour is not waited for: the row that all replicas share is set back.
async function endCooldown() {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('UPDATE mcp_registry_sync SET cooldown_until = NULL');
  await client.end();
}

async function requestCount() {
  return (await (await fetch(`${registry.url}/_test/requests`)).json()).length;
}

function memoryMib() {
  const [, kibibytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${app.pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kibibytes) / 1_024);
}

async function startRegistry() {
  const script = join(import.meta.dirname, '../test/counterparts/registry-server/run.mjs');
  const child = spawn(process.execPath, [script, String(count)], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const [url] = await once(createInterface(child.stdout), 'line');
  return { url, stop: () => child.kill('SIGTERM') };
}
