import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
const patienceMs = 60_000;
const stopPatienceMs = 15_000;

/** What the demo starts, and how all of it goes away again. */
export class Stage {
  /** True from the moment that things are being stopped. */
  closing = false;
  #cancel = new AbortController();
  #children = [];
  #starts = [];
  #browser = null;
  #folder = mkdtempSync(join(tmpdir(), 'crewship-demo-'));

  /** Aborted from the same moment on: what is under way is not waited for. */
  get signal() {
    return this.#cancel.signal;
  }

  /** Starts the product on a throw-away data folder and a free port; gives its URL, which is also its public one. `more` is added to its environment. */
  async startProduct(more = {}) {
    const main = join(root, 'dist', 'apps', 'api', 'src', 'main.js');
    const port = String(await freePort());
    const url = `http://127.0.0.1:${port}`;
    const env = {
      DATA_DIR: this.#folder,
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
    const loader = pathToFileURL(join(root, 'libs', 'testing', 'src', 'process', 'typescript-loader.mjs')).href;
    const main = join(root, 'test', 'counterparts', 'composio-stub', 'run.ts');
    return JSON.parse(await this.#start('the stub of Composio', ['--import', loader, main, key], {}, /^(\{.*\})$/m));
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
    for (const child of this.#children.toReversed()) await stop(child);
    for (const folder of [clusterElsewhere(this.#folder), this.#folder]) {
      if (folder) rmSync(folder, { recursive: true, force: true });
    }
  }

  // In a process group of its own, so that Ctrl-C reaches it through `close` only. Of the environment it gets PATH and HOME: a DATABASE_URL or an .env of the developer's must not be what the demo runs on.
  #start(name, args, env, ready) {
    const preload = ['../scripts/lib/follow-launcher.mjs', './loopback-only.mjs'].flatMap((file) => [
      '--import',
      pathToFileURL(join(import.meta.dirname, file)).href,
    ]);
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...preload, ...args], {
      cwd: this.#folder,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.#children.push(child);
    const started = new Promise((resolve, reject) => {
      let output = '';
      const overdue = setTimeout(() => reject(new Error(`${name} did not start:\n${output}`)), patienceMs);
      const look = (chunk) => {
        output = (output + chunk).slice(-20_000);
        const url = ready.exec(output)?.[1];
        if (!url) return;
        clearTimeout(overdue);
        resolve(url);
      };
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      child.once('exit', (code) => {
        clearTimeout(overdue);
        reject(new Error(`${name} ended with ${code}:\n${output}`));
      });
    });
    this.#starts.push(started);
    return started;
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

function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const overdue = setTimeout(() => child.kill('SIGKILL'), stopPatienceMs);
    child.once('exit', () => {
      clearTimeout(overdue);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

// As root, a database whose data folder PostgreSQL's user cannot reach lies in another place, which this file names.
function clusterElsewhere(dataDir) {
  const file = join(dataDir, 'postgres.location.json');
  return existsSync(file) ? dirname(JSON.parse(readFileSync(file, 'utf8')).dir) : null;
}
