import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GithubArchives } from '#sources';
import { type SeededMember, startTestApp, type TestApp, type TestAppOptions } from '#testing';

/** What stands in for GitHub: paths to what they are answered with. */
export interface GithubStub {
  /** Every path that was asked for, in order. */
  asked: string[];
  /** Answers of `/<owner>/<repo>/tar.gz/<ref>`; anything else is a 404. A status, an archive, or a redirect. */
  answers: Map<string, number | Buffer | { location: string } | 'silence'>;
  close(): Promise<void>;
}

/** The application with a registry on disk and a GitHub of its own. */
export interface PluginsApp extends TestApp {
  github: GithubStub;
  /** The folder of the registry. */
  registry: string;
  /** Puts a plugin into the registry. */
  offer(name: string, files: Record<string, string>): void;
  /** Installs in the caller's workspace; answers status and body. */
  install(by: SeededMember, body: unknown, token?: string): Promise<Answered>;
  /** A call below the caller's `…/plugins`; answers status and body. */
  at(by: SeededMember, path?: string, init?: { method?: string; token?: string }): Promise<Answered>;
}

/** A plugin as answers show it. */
export interface ShownPlugin {
  name: string;
  version: string;
  source: string;
  sha256: string;
  supported_on_runtime: boolean;
}

/** What an answer holds: a list of plugins, or the members of an object, whichever the operation answers. */
export interface AnsweredBody extends Array<ShownPlugin> {
  detail: string;
  source: string;
  available_schemes: string[];
  plugin: string;
  sha256: string;
  verified: string | null;
  installed_at: string;
  updated_at: string;
  target_runtime: string;
  compatible: ShownPlugin[];
  incompatible: ShownPlugin[];
  all_compatible: boolean;
}

/** An answer that was read. */
export interface Answered {
  status: number;
  body: AnsweredBody;
}

/** Starts it. */
export async function startPluginsApp({ env, ...options }: TestAppOptions = {}): Promise<PluginsApp> {
  const registry = mkdtempSync(join(tmpdir(), 'crewship-plugins-'));
  const github = await startGithubStub();
  const base = { PLUGINS_DIR: registry, EGRESS_ALLOW: '127.0.0.1', CREWSHIP_RATELIMIT_DISABLED: 'true' };
  const test = await startTestApp({ ...options, env: { ...base, ...env } });
  test.app.get(GithubArchives, { strict: false }).endpoint = { archives: github.origin, redirects: [github.origin] };
  const call: PluginsApp['at'] = async (by, path = '', { method = 'GET', token = by.token } = {}) =>
    answered(await test.call(`/api/v1/workspaces/${by.workspaceId}/plugins${path}`, { method, token }));
  return {
    ...test,
    github,
    registry,
    offer: (name, files) => {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(registry, name, path)), { recursive: true });
        writeFileSync(join(registry, name, path), content);
      }
    },
    install: async (by, json, token = by.token) =>
      answered(await test.call(`/api/v1/workspaces/${by.workspaceId}/plugins`, { method: 'POST', token, json })),
    at: call,
    close: async () => {
      await test.close();
      await github.close();
      rmSync(registry, { recursive: true, force: true });
    },
  };
}

async function answered(response: Response): Promise<Answered> {
  return { status: response.status, body: (await response.json()) as AnsweredBody };
}

async function startGithubStub(): Promise<GithubStub & { origin: string }> {
  const asked: string[] = [];
  const answers: GithubStub['answers'] = new Map();
  const server: Server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const answer = answers.get(path) ?? 404;
    if (answer === 'silence') return;
    if (typeof answer === 'number') response.writeHead(answer).end();
    else if (Buffer.isBuffer(answer)) response.writeHead(200, { 'content-type': 'application/x-gzip' }).end(answer);
    else response.writeHead(302, answer).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    asked,
    answers,
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
