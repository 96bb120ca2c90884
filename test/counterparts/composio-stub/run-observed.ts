// The stub as a process of its own that a demo or a benchmark can look into. Its argument is the key of its one project:
// `node --import ./libs/testing/src/process/typescript-loader.mjs test/counterparts/composio-stub/run-observed.ts <key>`
// prints a line of JSON: `url` for COMPOSIO_BASE_URL, `observerUrl` for GET /calls, GET /project and POST /consent/<account>.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ComposioStub } from './composio-stub.js';

const key = process.argv[2] ?? 'ak_observed_0123456789';
const stub = await ComposioStub.start(key);
stub.pageSize = 1_000;

const observer = createServer((request, response) => {
  const answer = observed(request.url ?? '/');
  response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer ?? null));
});
observer.listen(0, '127.0.0.1');
await once(observer, 'listening');
const observerUrl = `http://127.0.0.1:${(observer.address() as AddressInfo).port}`;
console.log(JSON.stringify({ url: stub.url, observerUrl }));

function observed(path: string): object | undefined {
  if (path === '/calls') return stub.calls.map(({ operation, method, path: asked }) => ({ operation, method, asked }));
  if (path === '/project') {
    const { tools, servers } = stub.project(key);
    return { tools, servers };
  }
  const consenting = /^\/consent\/(.+)$/.exec(path)?.[1];
  const account = stub.project(key).accounts.find(({ id }) => id === consenting);
  if (account === undefined) return undefined;
  account.status = 'ACTIVE';
  return { id: account.id, status: account.status };
}

process.once('SIGTERM', () => process.exit(0));
