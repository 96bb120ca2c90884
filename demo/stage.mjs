import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startServer, stopServer } from './server-process.mjs';

const root = join(import.meta.dirname, '..');

/** What the demo starts, and how all of it goes away again. */
export class Stage {
  /** True from the moment that things are being stopped. */
  closing = false;
  #cancel = new AbortController();
  #children = [];
  #starts = [];
  #browser = null;
  #folder = mkdtempSync(join(tmpdir(), 'crewship-demo-'));
  #dataDirs = [];

  /** Aborted from the same moment on, and when something that was started ends by itself: what is under way is not waited for. */
  get signal() {
    return this.#cancel.signal;
  }

  /**
   * Starts the product on a data folder of its own, which goes away with it, and a free port; gives its URL, which is also its
   * public one. `more` is added to its environment. Several can run at once: each has its own database.
   */
  async startProduct(more = {}) {
    const main = join(root, 'dist', 'apps', 'api', 'src', 'main.js');
    const port = String(await freePort());
    const url = `http://127.0.0.1:${port}`;
    const dataDir = mkdtempSync(join(this.#folder, 'data-'));
    this.#dataDirs.push(dataDir);
    const env = {
      DATA_DIR: dataDir,
      PORT: port,
      PUBLIC_URL: url,
      LOG_LEVEL: 'fatal',
      EGRESS_ALLOW: '127.0.0.1',
      MCP_REGISTRY_AUTO_SYNC: 'false',
      ...more,
    };
    await this.#start('the product', [main], env, /API\s+(http:\S+)\/api\/v1/);
    return url;
  }

  /** Starts the reference MCP server, which listens over streamable HTTP; gives the URL of its endpoint. */
  async startMcpServer() {
    const main = createRequire(import.meta.url).resolve('@modelcontextprotocol/server-everything/dist/index.js');
    const url = await this.#start('the MCP server', [main, 'streamableHttp'], { PORT: '0' }, /loopback (http:\S+)/);
    return `${url}/mcp`;
  }

  /** Starts an authorization server and an MCP server that it protects; gives their addresses. */
  async startProtectedMcpServer() {
    const main = join(root, 'test', 'counterparts', 'run.mjs');
    return JSON.parse(await this.#start('the protected MCP server', [main], {}, /^(\{.*\})$/m));
  }

  /** Starts a stub of Composio with one project, which has this key; gives its URL, and the one to observe it at. */
  async startComposio(key) {
    return this.#startCounterpart('the stub of Composio', 'composio-stub', key);
  }

  /** Starts an agent made with A2A’s SDK; gives its URL, and the one to observe it at. */
  async startAgent() {
    return this.#startCounterpart('the A2A agent', 'a2a-agent');
  }

  /** Starts a stub of the chat platforms; gives its URL, the one to observe it at, and its bot’s token. */
  async startChatPlatforms() {
    return this.#startCounterpart('the stub of Telegram', 'chat-platforms');
  }

  /** Starts a browser, which is closed with everything else: `open` is a function of Playwright’s kind. */
  async startBrowser(open) {
    const started = open();
    this.#starts.push(started);
    this.#browser = await started;
    return this.#browser;
  }

  /** Stops what runs, newest first, and removes the folder. What is just starting gets there first: then it stops in order. */
  async close() {
    this.closing = true;
    this.#cancel.abort();
    await Promise.allSettled(this.#starts);
    await this.#browser?.close();
    for (const child of this.#children.toReversed()) await stopServer(child);
    for (const folder of [...this.#dataDirs.map(clusterElsewhere), this.#folder]) {
      if (folder) rmSync(folder, { recursive: true, force: true });
    }
  }

  // A counterpart in TypeScript, which tells its addresses as a line of JSON.
  async #startCounterpart(name, folder, ...args) {
    const loader = pathToFileURL(join(root, 'libs', 'testing', 'src', 'process', 'typescript-loader.mjs')).href;
    const main = join(root, 'test', 'counterparts', folder, 'run.ts');
    return JSON.parse(await this.#start(name, ['--import', loader, main, ...args], {}, /^(\{.*\})$/m));
  }

  #start(name, args, env, ready) {
    const server = startServer({ name, args, env, ready, cwd: this.#folder });
    this.#children.push(server.child);
    this.#starts.push(server.started);
    server.ended.then((reason) => this.#cancel.abort(reason));
    return server.started;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

// As root, a database whose data folder PostgreSQL's user cannot reach lies in another place, which this file names.
function clusterElsewhere(dataDir) {
  const file = join(dataDir, 'postgres.location.json');
  return existsSync(file) ? dirname(JSON.parse(readFileSync(file, 'utf8')).dir) : null;
}
