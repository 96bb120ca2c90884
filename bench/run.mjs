// `npm run bench`: one table from one run. Compare the ratios, not the absolute numbers: machines differ and are noisy.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { startEmbeddedPostgres } from '../dist/libs/prisma/src/embedded/index.js';
import { fill, ids, tokenOf } from './fill.mjs';
import { fillRuntime, runtimeAgent, statementsSoFar } from './fill-runtime.mjs';
import { explainHotQueries } from './plans.mjs';
import { start } from './processes.mjs';
import { fillRegistry } from './registry-fill.mjs';

const seconds = Number(process.env.BENCH_SECONDS ?? 6);
const connections = 32;
const registryEntries = 10_000;
const shapes = {
  small: { workspaces: 1, agents: 10, servers: 20, bindings: 20 },
  large: { workspaces: 1_000, agents: 100, servers: 20, bindings: 200 },
};
// More workspaces than the vault remembers data keys, asked for in turn: every request loads and unwraps its own.
const runtimeShape = { workspaces: 600, servers: 20, credentials: 10 };
const encryptionKey = '8f1d2c3b4a5968778695a4b3c2d1e0f00f1e2d3c4b5a69788796a5b4c3d2e1f7';
const internalToken = 'bench-only-internal-token';
const folder = mkdtempSync(join(tmpdir(), 'crewship-bench-'));
const rows = [];

async function measure(label, url, options = {}) {
  const warmUp = await autocannon({ url, connections, duration: 1.5, ...options });
  const result = await autocannon({ url, connections, duration: seconds, ...options });
  const bad = result.non2xx - (options.expect304 ? result['3xx'] : 0);
  if (bad > 0 || result.errors > 0) throw new Error(`${label}: ${bad} bad answers, ${result.errors} errors`);
  rows.push({
    label,
    perSecond: result.requests.average,
    mean: result.latency.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
  });
  process.stderr.write(`  ${label}: ${Math.round(result.requests.average)}/s\n`);
  return warmUp.requests.total + result.requests.total;
}

async function product(name, shape, work) {
  const started = performance.now();
  const dataDir = join(folder, name);
  const database = await startEmbeddedPostgres({ dataDir });
  const env = {
    NODE_ENV: 'production',
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    PORT: '0',
    HOST: '127.0.0.1',
    ENCRYPTION_KEY: encryptionKey,
    CREWSHIP_INTERNAL_TOKEN: internalToken,
    NEXTAUTH_SECRET: 'bench-only-secret-of-more-than-32-characters',
    CREWSHIP_RATELIMIT_API_PER_MINUTE: '10000000',
    MCP_REGISTRY_AUTO_SYNC: 'false',
  };
  const app = await start(['dist/apps/api/src/main.js'], env);
  try {
    await fill(database.url, shape);
    process.stderr.write(`${name} database filled in ${((performance.now() - started) / 1_000).toFixed(1)} s\n`);
    await work(app.url, database.url);
  } finally {
    await app.stop();
    await database.stop();
  }
}

async function hotPaths(name, shape, base) {
  const workspace = Math.floor(shape.workspaces / 2);
  const headers = { authorization: `Bearer ${tokenOf(workspace)}`, 'x-workspace-id': ids.workspace(workspace) };
  const agents = Array.from({ length: Math.min(10, shape.agents) }, (_, n) => ids.agent(workspace, n));
  const path = (agent) => `/api/v1/agents/${agent}/integrations/resolved`;
  const answer = await fetch(`${base}${path(agents[0])}`, { headers });
  const body = Buffer.from(await answer.arrayBuffer());
  const tag = answer.headers.get('etag');
  const count = JSON.parse(body.toString()).length;
  process.stderr.write(`  ${count} servers, ${body.length} bytes\n`);
  if (name === 'small') await floors(body);
  const requests = agents.map((agent) => ({ path: path(agent), headers }));
  await measure(`${name}: resolved`, base, { requests });
  await measure(`${name}: resolved, If-None-Match`, base, {
    requests: agents.map((agent) => ({ path: path(agent), headers: { ...headers, 'if-none-match': tag } })),
    expect304: true,
  });
  await measure(`${name}: list of integrations`, base, {
    requests: [{ path: '/api/v1/integrations?limit=50', headers }],
  });
  if (shape.workspaces > 1) {
    const cold = Array.from({ length: 2_000 }, (_, n) => {
      const w = n % shape.workspaces;
      return {
        path: path(ids.agent(w, n % shape.agents)),
        headers: { authorization: `Bearer ${tokenOf(w)}`, 'x-workspace-id': ids.workspace(w) },
      };
    });
    await measure(`${name}: resolved, 2,000 agents of all workspaces`, base, { requests: cold });
  }
  await creations(`${name}: create integration, one workspace`, base, [workspace]);
  if (shape.workspaces > 1) {
    const all = Array.from({ length: shape.workspaces }, (_, n) => n);
    await creations(`${name}: create integration, all workspaces`, base, all);
  }
}

// Changes of one workspace wait for each other (docs/adr/0004); those of different ones do not.
async function creations(label, base, workspaces) {
  let made = 0;
  const setupRequest = (request) => {
    const workspace = workspaces[made % workspaces.length];
    made += 1;
    const caller = { authorization: `Bearer ${tokenOf(workspace)}`, 'x-workspace-id': ids.workspace(workspace) };
    const body = JSON.stringify({ name: `made-${workspaces.length}-${made}`, endpoint: 'https://mcp.example.com/mcp' });
    return { ...request, headers: { ...caller, 'content-type': 'application/json' }, body };
  };
  await measure(label, base, { requests: [{ method: 'POST', path: '/api/v1/integrations', setupRequest }] });
}

async function registryReads(base, workspace) {
  const headers = { authorization: `Bearer ${tokenOf(workspace)}` };
  const get = (path) => ({ path: `/api/v1/mcp-registry${path}`, headers });
  const pages = Array.from({ length: 20 }, (_, n) => get(`?limit=50&offset=${n * 500}`));
  await measure('registry of 10,000: list, pages of 50', base, { requests: pages });
  const tag = (await fetch(`${base}${pages[0].path}`, { headers })).headers.get('etag');
  const known = { ...pages[0], headers: { ...headers, 'if-none-match': tag } };
  await measure('registry of 10,000: list, If-None-Match', base, { requests: [known], expect304: true });
  const words = ['postgres', 'calendar agents', 'number 73', 'publisher-0042', 'kubernetes-mcp'];
  await measure('registry of 10,000: search', base, { requests: words.map((q) => get(`/search?q=${encodeURI(q)}`)) });
  await measure('registry of 10,000: search, two letters', base, { requests: [get('/search?q=ku')] });
}

async function runtimePaths(base, database) {
  await fillRuntime(database, encryptionKey, runtimeShape);
  const { workspaces, servers, credentials } = runtimeShape;
  const headers = { 'x-internal-token': internalToken };
  const path = (w) => `/api/v1/internal/agents/${runtimeAgent(w)}/resolve`;
  const answer = await (await fetch(`${base}${path(0)}`, { headers })).json();
  const ready = answer.mcp_servers.filter((server) => server.ready).length;
  if (ready !== servers || answer.credentials.length !== credentials) throw new Error('the runtime is not given all');
  for (const [label, count] of [
    ['warm', connections],
    ['cold data keys', workspaces],
  ]) {
    const requests = Array.from({ length: count }, (_, w) => ({ path: path(w), headers }));
    // Every connection begins elsewhere: side by side they would share what one of them has read.
    let offset = 0;
    const setupClient = (client) => {
      client.setRequests([...requests.slice(offset), ...requests.slice(0, offset)]);
      offset = (offset + Math.floor(count / connections)) % count;
    };
    const before = await statementsSoFar(database);
    const what = `internal resolve, ${servers} servers, ${credentials} credentials`;
    const served = await measure(`${what}: ${label}`, base, { setupClient });
    const statements = (await statementsSoFar(database)) - before;
    process.stderr.write(`    ${(statements / served).toFixed(2)} statements a request\n`);
  }
}

async function floors(body) {
  const file = join(folder, 'body.json');
  writeFileSync(file, body);
  for (const [label, script] of [
    ['bare node:http', 'bench/bare-node.mjs'],
    ['bare Nest controller', 'bench/bare-nest.mjs'],
  ]) {
    const floor = await start([script, file]);
    await measure(label, floor.url);
    await floor.stop();
  }
}

function table() {
  const nest = rows.find((row) => row.label === 'bare Nest controller')?.perSecond ?? 1;
  const cells = rows.map((row) => [
    row.label,
    Math.round(row.perSecond).toLocaleString('en'),
    `${row.mean.toFixed(2)} ms`,
    `${row.p50} ms`,
    `${row.p99} ms`,
    (row.perSecond / nest).toFixed(2),
  ]);
  const all = [['', 'requests/s', 'mean', 'p50', 'p99', '÷ bare Nest'], ...cells];
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
  return all
    .map((row) =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  '),
    )
    .join('\n');
}

try {
  for (const [name, shape] of Object.entries(shapes)) {
    await product(name, shape, async (base, url) => {
      await hotPaths(name, shape, base);
      if (name === 'small') return runtimePaths(base, url);
      await fillRegistry(url, registryEntries);
      await registryReads(base, Math.floor(shape.workspaces / 2));
      await explainHotQueries(url, { ...shape, 'registry entries': registryEntries });
    });
  }
  console.log(
    `\n${connections} connections, ${seconds} s each, Node ${process.version}, ${process.platform}\n\n${table()}`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
