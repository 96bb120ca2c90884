// `npm run bench:deliveries`: two replicas deliver to an endpoint that fails every third request and is down for ten seconds
// half-way. Nothing may be lost, nothing may come after it was accepted, and every workspace keeps its order.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { createApp } from '../dist/apps/api/src/app.js';
import { DeliveriesService } from '../dist/apps/api/src/modules/deliveries/deliveries.service.js';
import { loadConfig, withDatabaseUrl } from '../dist/libs/config/src/index.js';
import { Transactions } from '../dist/libs/kernel/src/index.js';
import { startEmbeddedPostgres } from '../dist/libs/prisma/src/embedded/index.js';
import { DeliveryReceiver } from './delivery-receiver.mjs';
import { fill, ids, tokenOf } from './fill.mjs';
import { start } from './processes.mjs';

const total = Number(process.env.BENCH_DELIVERIES ?? 20_000);
const workspaces = Number(process.env.BENCH_DELIVERIES_WORKSPACES ?? 200);
const perWorkspace = Math.ceil(total / workspaces);
const downMs = Number(process.env.BENCH_DELIVERIES_DOWN_MS ?? 10_000);
const patienceMs = 15 * 60_000;

const folder = mkdtempSync(join(tmpdir(), 'crewship-bench-deliveries-'));
const receiver = await DeliveryReceiver.start();
const database = await startEmbeddedPostgres({ dataDir: folder });
const env = {
  DATA_DIR: folder,
  DATABASE_URL: database.url,
  PORT: '0',
  LOG_LEVEL: 'error',
  ENCRYPTION_KEY: '8f1d2c3b4a5968778695a4b3c2d1e0f00f1e2d3c4b5a69788796a5b4c3d2e1f7',
  MCP_REGISTRY_AUTO_SYNC: 'false',
  EGRESS_ALLOW: '127.0.0.1',
  // Long enough together that nothing is given up while the endpoint is down.
  DELIVERY_RETRY_DELAYS: ['100ms', '200ms', '400ms', ...Array(15).fill('1s')].join(','),
};
const replicas = [];
try {
  replicas.push(await start(['dist/apps/api/src/main.js'], env), await start(['dist/apps/api/src/main.js'], env));
  await fill(database.url, { workspaces, agents: 1, servers: 1, bindings: 0 });
  await setEndpoints(replicas[0].url);
  const began = performance.now();
  await sendAll();
  const sentMs = performance.now() - began;
  await untilHalf();
  const halfMs = performance.now() - began;
  receiver.goDown();
  await sleep(downMs);
  receiver.comeBack();
  await untilSettled();
  report({ sentMs, halfMs, tookMs: performance.now() - began }, await countByStatus());
} finally {
  for (const replica of replicas) await replica.stop();
  await database.stop();
  receiver.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function setEndpoints(product) {
  for (let w = 0; w < workspaces; w += 1) {
    const answer = await fetch(`${product}/api/v1/workspaces/${ids.workspace(w)}/delivery-endpoint`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${tokenOf(w)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ url: receiver.url }),
    });
    if (!answer.ok) throw new Error(`the endpoint was answered with ${answer.status}: ${await answer.text()}`);
    receiver.secrets.set(ids.workspace(w), (await answer.json()).secret);
  }
}

// A third process sends and delivers nothing, as a feature in one of the replicas would send.
async function sendAll() {
  const app = await createApp(withDatabaseUrl(loadConfig({ ...env, CREWSHIP_JOBS: 'off' }), env.DATABASE_URL));
  const deliveries = app.get(DeliveriesService, { strict: false });
  const transactions = app.get(Transactions, { strict: false });
  for (let n = 1; n <= perWorkspace; n += 1) {
    const messages = Array.from({ length: workspaces }, (_, w) => ({
      workspaceId: ids.workspace(w),
      agentId: ids.agent(w, 0),
      messageId: `bench-${w}-${n}`,
      text: String(n),
      origin: { kind: 'manual', id: `bench-${w}` },
      triggeredBy: null,
      at: new Date(),
    }));
    await transactions.run(() => deliveries.sendMessages(messages));
  }
  await app.close();
}

async function untilHalf() {
  while (receiver.accepted.size < (perWorkspace * workspaces) / 2) await sleep(20);
}

async function untilSettled() {
  const deadline = performance.now() + patienceMs;
  while (((await countByStatus()).pending ?? 0) > 0 && performance.now() < deadline) await sleep(500);
}

async function countByStatus() {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT status, count(*)::int AS count FROM deliveries GROUP BY status');
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  } finally {
    await client.end();
  }
}

function report({ sentMs, halfMs, tookMs }, statuses) {
  const sent = perWorkspace * workspaces;
  const { accepted, afterAcceptance, outOfOrder, badSignatures, requests } = receiver;
  const seconds = (ms) => (ms / 1_000).toFixed(1);
  const rows = {
    'deliveries sent': sent,
    workspaces,
    'seconds to send them': seconds(sentMs),
    delivered: statuses.delivered ?? 0,
    'accepted by the endpoint': accepted.size,
    lost: sent - accepted.size,
    'again after acceptance': afterAcceptance,
    'order violations': outOfOrder,
    'wrong signatures': badSignatures,
    'requests answered, failures included': requests,
    'seconds until the last was delivered': seconds(tookMs),
    'deliveries a second, until half-way': Math.round(sent / 2 / (halfMs / 1_000)),
    'deliveries a second, without the time down': Math.round(sent / ((tookMs - downMs) / 1_000)),
  };
  console.log(`\nNode ${process.version}, ${process.platform}, two replicas, down for ${downMs / 1_000} s half-way\n`);
  console.table(Object.fromEntries(Object.entries(rows).map(([label, value]) => [label, { value }])));
  const kept = accepted.size === sent && statuses.delivered === sent;
  if (!kept || afterAcceptance + outOfOrder + badSignatures > 0) {
    console.error('violated: see the table');
    process.exitCode = 1;
  }
}
