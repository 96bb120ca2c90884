import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What a counterpart's token endpoint saw. */
export interface TokenStats {
  registrations: number;
  codeGrants: number;
  refreshes: number;
  requests: {
    grantType: string;
    resource: string | null;
    clientAuth: 'basic' | 'post' | 'none';
    hasVerifier: boolean;
  }[];
}

/** A fault that meets the next token request. Without `status` and `hangUp` the request is only delayed. */
export interface TokenOrder {
  delayMs?: number;
  status?: number;
  contentType?: string;
  headers?: Record<string, string>;
  body?: string;
  hangUp?: boolean;
}

/** A certified authorization server and an MCP server that it protects, in a process of their own on loopback. */
export class Counterparts {
  private constructor(
    private readonly child: ChildProcess,
    /** Issuer of the authorization server. */
    readonly issuer: string,
    /** URL of the protected MCP server, which is also the resource of its tokens. */
    readonly mcpUrl: string,
  ) {}

  /** `clients` are client metadata of pre-registered clients (RFC 7591 names). */
  static async start(
    options: { accessTokenTtlSeconds?: number; dynamicRegistration?: boolean; clients?: object[] } = {},
  ): Promise<Counterparts> {
    const script = join(import.meta.dirname, 'run.mjs');
    const child = spawn(process.execPath, ['--no-warnings', script, JSON.stringify(options)], {
      env: ownEnvironment(),
      // The channel closes with this process, however it ends, and the counterparts follow.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const { stdout, stderr } = child;
    if (!stdout || !stderr) throw new Error('the counterparts have no output');
    const complaints: string[] = [];
    stderr.on('data', (chunk) => complaints.push(String(chunk)));
    const line = await Promise.race([
      once(createInterface(stdout), 'line').then(([text]) => String(text)),
      once(child, 'exit').then(() =>
        Promise.reject(new Error(`the counterparts did not start: ${complaints.join('')}`)),
      ),
    ]);
    const { issuer, mcpUrl } = JSON.parse(line) as { issuer: string; mcpUrl: string };
    return new Counterparts(child, issuer, mcpUrl);
  }

  /** What the token endpoint saw so far. */
  async stats(): Promise<TokenStats> {
    return (await (await fetch(`${this.issuer}/_test/stats`)).json()) as TokenStats;
  }

  /** Forgets what was seen so far. */
  async reset(): Promise<void> {
    await fetch(`${this.issuer}/_test/reset`, { method: 'POST' });
  }

  /** Makes the next token requests meet these faults, one each. */
  async order(...orders: TokenOrder[]): Promise<void> {
    await fetch(`${this.issuer}/_test/orders`, { method: 'POST', body: JSON.stringify(orders) });
  }

  /** Does what a person would: opens the URL, approves, and answers where the browser is sent, without going there. */
  approve(authorizationUrl: string): Promise<URL> {
    return this.#decide(authorizationUrl, 'approve');
  }

  /** The same with a click on "Deny". */
  deny(authorizationUrl: string): Promise<URL> {
    return this.#decide(authorizationUrl, 'deny');
  }

  /** MCP methods that were called with a valid token, in order, with the token's subject. */
  async mcpCalls(): Promise<{ method: string; subject: string }[]> {
    const answer = await fetch(new URL('/_test/calls', this.mcpUrl));
    return (await answer.json()) as { method: string; subject: string }[];
  }

  /** Stops both servers. */
  async stop(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await gone;
  }

  async #decide(authorizationUrl: string, button: 'approve' | 'deny'): Promise<URL> {
    const cookies = new Map<string, string>();
    let url = new URL(authorizationUrl);
    let method = 'GET';
    for (let hop = 0; hop < 12; hop++) {
      if (url.origin !== new URL(this.issuer).origin) return url;
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(url, { method, redirect: 'manual', headers: { cookie } });
      for (const line of response.headers.getSetCookie()) {
        const [pair = ''] = line.split(';');
        cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
      }
      const location = response.headers.get('location');
      if (location !== null) {
        url = new URL(location, url);
        method = 'GET';
      } else if (url.pathname.startsWith('/interaction/')) {
        url = new URL(`${url.pathname}/${button}`, url);
        method = 'POST';
      } else {
        throw new Error(`the authorization server answered ${response.status}: ${await response.text()}`);
      }
    }
    throw new Error('the authorization server redirects in circles');
  }
}

// The children of a test get no variables of the test runner.
function ownEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, NODE_ENV: 'test' };
}
