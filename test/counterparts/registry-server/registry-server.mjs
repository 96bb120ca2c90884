// A registry of the official server's form (`/v0.1/servers`) on loopback, whose entries and faults a test decides.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { metaOf } from './registry-entries.mjs';

export class RegistryServer {
  /** What is listed, in any order. A test may change it at any time. */
  entries;
  /** Queries of all requests so far, in order. */
  requests = [];
  #server = createServer((request, response) => void this.#answer(request, response));
  #faults = [];
  #order = null;

  constructor(entries) {
    this.entries = entries;
  }

  /** Starts one. */
  static async start(entries) {
    const registry = new RegistryServer(entries);
    registry.#server.listen(0, '127.0.0.1');
    await once(registry.#server, 'listening');
    return registry;
  }

  /** Base URL, for `MCP_REGISTRY_URL`. */
  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  /**
   * What the next requests meet, one each; null answers as usual. A function gets the page and answers what to send
   * instead; `{ status, headers, body, delayMs, hangUp }` says it all.
   */
  order(...faults) {
    this.#faults.push(...faults);
  }

  /** Forgets requests and faults, and lists something else. */
  reset(entries) {
    this.entries = entries;
    this.requests.length = 0;
    this.#faults.length = 0;
  }

  /** The entry of that name. */
  find(name) {
    return this.entries.find(({ server }) => server.name === name);
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request, response) {
    const url = new URL(request.url, this.url);
    if (url.pathname === '/_test/requests') return send(response, 200, this.requests);
    if (url.pathname === '/_test/protected') {
      return send(response, 401, {}, { 'www-authenticate': 'Bearer' });
    }
    if (url.pathname !== '/v0.1/servers') return send(response, 404, { title: 'Not Found' });
    this.requests.push(Object.fromEntries(url.searchParams));
    const fault = this.#faults.shift() ?? null;
    if (fault?.delayMs) await sleep(fault.delayMs, undefined, { ref: false });
    if (fault?.hangUp) return response.destroy();
    const limit = Number(url.searchParams.get('limit') ?? 30);
    if (limit > 100) return send(response, 422, { title: 'expected number <= 100' });
    const page = this.#page(url.searchParams, limit);
    if (typeof fault === 'function') return send(response, 200, fault(page));
    return send(response, fault?.status ?? 200, fault?.body ?? page, fault?.headers);
  }

  #page(query, limit) {
    const since = Date.parse(query.get('updated_since') ?? '');
    const isWanted = (entry) => {
      const { isLatest, status, updatedAt } = metaOf(entry);
      if (query.get('version') === 'latest' && !isLatest) return false;
      return Number.isNaN(since) ? status !== 'deleted' : Date.parse(updatedAt) > since;
    };
    const ordered = this.#ordered();
    const shown = [];
    let next = ordered.findIndex(({ cursor }) => cursor > (query.get('cursor') ?? ''));
    for (; next !== -1 && next < ordered.length && shown.length <= limit; next += 1) {
      if (isWanted(ordered[next].entry)) shown.push(ordered[next]);
    }
    const hasMore = shown.length > limit;
    if (hasMore) shown.pop();
    const metadata = { count: shown.length, ...(hasMore && { nextCursor: shown.at(-1).cursor }) };
    return { servers: shown.map(({ entry }) => entry), metadata };
  }

  // Sorting twenty thousand entries for each page would take longer than what is measured against this server.
  #ordered() {
    if (this.#order?.of !== this.entries || this.#order.list.length !== this.entries.length) {
      const list = this.entries.map((entry) => ({ entry, cursor: `${entry.server.name}:${entry.server.version}` }));
      list.sort((left, right) => (left.cursor < right.cursor ? -1 : 1));
      this.#order = { of: this.entries, list };
    }
    return this.#order.list;
  }
}

function send(response, status, body, headers = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(text);
}
