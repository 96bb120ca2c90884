// The stub as a process of its own that a demo or a benchmark can look into. Its one project has the key that is named,
// the sample's content, and as many further apps (`app-0` …, each with an auth config and three tools) and accounts as told:
// `node --import ./libs/testing/src/process/typescript-loader.mjs test/counterparts/composio-stub/run.ts <key> [apps] [accounts]`
// prints a line of JSON: `url` for COMPOSIO_BASE_URL, `observerUrl` for GET /calls, GET /project and POST /consent/<account>.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { accountOf, authConfigOf, toolkitOf, toolOf } from './composio-project.js';
import { ComposioStub } from './composio-stub.js';

const key = process.argv[2] ?? 'ak_observed_0123456789';
const stub = await ComposioStub.start(key);
stub.pageSize = 1_000;
addApps(Number(process.argv[3] ?? 0));
addAccounts(Number(process.argv[4] ?? 0));

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
  if (path === '/calls') return stub.calls.map(({ key: _, ...call }) => call);
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

function addApps(count: number): void {
  const project = stub.project(key);
  for (const slug of Array.from({ length: count }, (_, n) => `app-${n}`)) {
    const tools = `APP_${slug.slice('app-'.length)}`;
    project.toolkits.push(toolkitOf(slug));
    project.authConfigs.push(authConfigOf(`ac_${slug}`, slug));
    project.tools.push(toolOf(slug, `${tools}_LIST_THINGS`, ['readOnlyHint']), toolOf(slug, `${tools}_GET_THING`));
    project.tools.push(toolOf(slug, `${tools}_DELETE_THING`, ['destructiveHint']));
  }
}

function addAccounts(count: number): void {
  const { accounts } = stub.project(key);
  for (let n = 0; n < count; n += 1) accounts.push(accountOf(`ca_more_${n}`, `user-${n % 1_000}`, 'gmail'));
}

// Told to stop, or the process that started it is gone.
for (const end of ['SIGTERM', 'disconnect']) process.once(end, () => process.exit(0));
