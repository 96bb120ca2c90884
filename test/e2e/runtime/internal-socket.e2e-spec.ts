import { existsSync, lstatSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestApp } from '#testing';
import { listenOnSocket } from '../../../apps/api/src/modules/runtime/socket-file.js';
import { askToResolve, master, runtimeWorld, startRuntimeApp, tokensOf } from './runtime-world.fixture.js';

describe('the Unix socket of the runtime', () => {
  let folder: string;
  let path: string;
  let test: TestApp | null;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'crewship-socket-'));
    path = join(folder, 'internal.sock');
    test = null;
  });
  afterEach(async () => {
    await test?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async (): Promise<TestApp> => {
    test = await startRuntimeApp({ env: { INTERNAL_SOCKET: path } });
    return test;
  };
  const over = (at: string, { method = 'GET', token = master }: { method?: string; token?: string } = {}) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const headers = { 'X-Internal-Token': token, 'X-Forwarded-For': '8.8.8.8' };
      const sent = request({ socketPath: path, path: at, method, headers, agent: false }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      });
      sent.on('error', reject).end();
    });

  it('serves the runtime’s paths with every kind of token, and nothing else', async () => {
    const app = await start();
    const { workspaceId, agentId } = await runtimeWorld(app);
    const resolve = `/api/v1/internal/agents/${agentId}/resolve`;
    expect(await over(resolve)).toMatchObject({ status: 200, text: expect.stringContaining(agentId) });
    expect((await over(resolve, { token: tokensOf(app).forWorkspace(workspaceId).reveal() })).status).toBe(200);
    expect((await over(resolve, { token: 'wrong' })).status).toBe(403);
    for (const at of [
      '/api/health',
      '/api/v1/integrations',
      '/api/docs',
      '/api/openapi.json',
      '/',
      '/api/v1/internals',
    ]) {
      const { status, text } = await over(at);
      expect([at, status]).toEqual([at, 404]);
      expect(JSON.parse(text)).toMatchObject({ detail: 'Not Found' });
    }
    expect((await over('/api/health', { method: 'OPTIONS' })).status).toBe(404);
    expect((await askToResolve(app, agentId)).status).toBe(200);
  });

  it('is open to its own user only, and gone when the process ends in order', async () => {
    const app = await start();
    expect(lstatSync(path).isSocket()).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    test = null;
    await app.close();
    expect(existsSync(path)).toBe(false);
  });

  it('replaces the file of a process that died', async () => {
    await leaveStaleSocket(path);
    const app = await start();
    const { agentId } = await runtimeWorld(app);
    expect((await over(`/api/v1/internal/agents/${agentId}/resolve`)).status).toBe(200);
  });

  it('is left alone where another process answers on it', async () => {
    const other = createServer((_request, response) => response.end('still here'));
    await listenOnSocket(other, path);
    await expect(start()).rejects.toMatchObject({ code: 'internal_socket.in_use' });
    expect(await over('/')).toEqual({ status: 200, text: 'still here' });
    await new Promise((resolve) => other.close(resolve));
  });

  it('never takes the place of another kind of file', async () => {
    writeFileSync(path, 'precious');
    await expect(listenOnSocket(createServer(), path)).rejects.toMatchObject({ code: 'internal_socket.not_a_socket' });
    expect(existsSync(path)).toBe(true);
  });

  it.each([
    ['a path that the system does not allow', (at: string) => join(at, 'x'.repeat(120)), 'internal_socket.too_long'],
    ['a folder that is not there', (at: string) => join(at, 'nowhere', 'socket'), 'internal_socket.not_opened'],
  ])('says what is wrong with %s', async (_what, place, code) => {
    await expect(listenOnSocket(createServer(), place(folder))).rejects.toMatchObject({ code });
  });
});

// What a killed process leaves: a socket file on which nobody listens. Closing would remove it, so it is renamed before.
async function leaveStaleSocket(path: string): Promise<void> {
  const server = createSocket();
  await new Promise<void>((resolve) => void server.listen(`${path}.before`, resolve));
  renameSync(`${path}.before`, path);
  await new Promise((resolve) => server.close(resolve));
}
