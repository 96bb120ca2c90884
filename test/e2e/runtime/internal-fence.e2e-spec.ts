import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '#testing';
import { master, type RuntimeWorld, runtimeWorld, startRuntimeApp, tokensOf } from './runtime-world.fixture.js';

describe('the runtime’s paths', () => {
  let test: TestApp;
  let world: RuntimeWorld;
  let path: string;

  beforeAll(async () => {
    test = await startRuntimeApp();
    world = await runtimeWorld(test);
    path = `/api/v1/internal/agents/${world.agentId}/resolve`;
  });
  afterAll(() => test.close());

  // Without the contract check: these are paths and methods that no contract has.
  const answerTo = async (method: string, at: string, headers: Record<string, string> = {}) => {
    const sent = { 'X-Internal-Token': master, 'X-Request-Id': 'same-request', ...headers };
    const response = await fetch(`${test.url}${at}`, { method, headers: sent });
    return { status: response.status, allow: response.headers.get('allow'), text: await response.text() };
  };

  it('answer a wrong method as an unknown path, to whoever asks', async () => {
    const unknown = await answerTo('GET', '/api/v1/internal/agents/x/nothing');
    expect(unknown).toMatchObject({ status: 404, allow: null });
    expect(JSON.parse(unknown.text)).toMatchObject({ detail: 'Not Found', error: 'Not Found' });
    const shapeOf = (text: string) => text.replace(/"instance":"[^"]*"/, '');
    for (const [method, at] of [
      ['POST', path],
      ['DELETE', path],
      ['OPTIONS', path],
      ['OPTIONS', '/API/V1/INTERNAL/mcp-tool-calls'],
      ['GET', '/api/v1/internal/mcp-tool-calls'],
      ['GET', '/api/v1/internal'],
      ['GET', '/api/v1/internal/'],
    ] as const) {
      const { status, allow, text } = await answerTo(method, at);
      expect([method, at, status, allow, shapeOf(text)]).toEqual([method, at, 404, null, shapeOf(unknown.text)]);
    }
  });

  it.each(['8.8.8.8', '2001:4860:4860::8888', '100.64.0.1', '0.0.0.0', 'unknown'])(
    'do not exist for a client at %s behind a proxy on this host, whatever token it sends',
    async (client) => {
      const forwarded = { 'X-Forwarded-For': client };
      const there = await answerTo('GET', path, forwarded);
      const nowhere = await answerTo('GET', '/api/v1/internal/nothing', forwarded);
      expect([there.status, nowhere.status]).toEqual([404, 404]);
      expect(there.text.replace(path, '')).toBe(nowhere.text.replace('/api/v1/internal/nothing', ''));
      expect((await answerTo('OPTIONS', path, forwarded)).status).toBe(404);
    },
  );

  it('take bound tokens, but not the master token, from a private address', async () => {
    const bound = tokensOf(test).forWorkspace(world.workspaceId).reveal();
    for (const client of ['10.1.2.3', '192.168.1.1', '172.16.0.9', '169.254.1.1', 'fd00::1', 'fe80::1']) {
      const forwarded = { 'X-Forwarded-For': client };
      const statuses = [
        (await answerTo('GET', path, forwarded)).status,
        (await answerTo('GET', path, { ...forwarded, 'X-Internal-Token': bound })).status,
      ];
      expect([client, ...statuses]).toEqual([client, 403, 200]);
    }
  });

  it('are not opened by a client that claims to be on this host', async () => {
    const { status } = await answerTo('GET', path, { 'X-Forwarded-For': '127.0.0.1, 8.8.8.8' });
    expect(status).toBe(404);
  });

  it('are closed to who signs in as a person, even the owner', async () => {
    for (const headers of [{ 'X-Internal-Token': '' }, { 'X-Internal-Token': world.token }])
      expect((await answerTo('GET', path, { ...headers, Authorization: `Bearer ${world.token}` })).status).toBe(403);
  });
});
