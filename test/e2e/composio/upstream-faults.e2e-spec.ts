import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import type { StubFault } from '../../counterparts/composio-stub/composio-stub.js';
import type { StubOperation } from '../../counterparts/composio-stub/stub-request.js';
import { type ComposioApp, keys, startComposioApp } from './composio-app.fixture.js';

/** Every call that a request can fail at: request, the call, and what sentences name it. */
const places: readonly [string, string, StubOperation, string, object?][] = [
  ['GET', 'inventory', 'authConfigs.list', 'list auth configs'],
  ['GET', 'inventory', 'connectedAccounts.list', 'list connected accounts'],
  ['GET', 'toolkits', 'toolkits.list', 'list toolkits'],
  ['GET', 'tools?toolkit=gmail', 'tools.list', 'list tools'],
  ['GET', 'triggers', 'triggersTypes.list', 'list trigger types'],
  ['GET', 'triggers/active', 'triggerInstances.listActive', 'list active triggers'],
  ['POST', 'triggers', 'triggerInstances.upsert', 'create trigger instance', { slug: 'X', user_id: 'u' }],
  ['POST', 'triggers/ti_1/disable', 'triggerInstances.update', 'disable trigger instance'],
  ['DELETE', 'triggers/ti_1', 'triggerInstances.delete', 'delete trigger instance'],
  ['POST', 'connect', 'authConfigs.list', 'find auth config', { toolkit: 'gmail', user_id: 'u' }],
  ['POST', 'connect', 'authConfigs.create', 'create auth config', { toolkit: 'linear', user_id: 'u' }],
  ['POST', 'connect', 'link.create', 'create connect link', { toolkit: 'gmail', user_id: 'u' }],
  ['POST', 'accounts/ca_1/revoke', 'connectedAccounts.revoke', 'revoke connected account'],
  ['POST', 'accounts/ca_1/refresh', 'connectedAccounts.refresh', 'refresh connected account'],
  ['DELETE', 'accounts/ca_1', 'connectedAccounts.delete', 'delete connected account'],
];

const fix = "update it with `crewship integration composio key set` or fix the server's COMPOSIO_API_KEY";
const network = "check the server's network path to Composio (COMPOSIO_BASE_URL)";
const words = { error: { message: 'a\n reason' } };

/** The rows of the table: what Composio does, and the sentence with `<op>` for the operation. */
const rows: readonly [string, StubFault, string][] = [
  [
    '401',
    { status: 401, body: words },
    `Composio rejected the configured API key (<op> failed with HTTP 401: a reason) — ${fix}`,
  ],
  [
    '403',
    { status: 403, body: {} },
    `Composio rejected the configured API key (<op> failed with HTTP 403: {}) — ${fix}`,
  ],
  [
    '429',
    { status: 429, body: words },
    'Composio rate-limited the request (<op> failed with HTTP 429: a reason) — retry shortly',
  ],
  [
    '500',
    { status: 500, body: '' },
    'Composio upstream error (<op> failed with HTTP 500) — Composio may be degraded, retry shortly',
  ],
  ['422', { status: 422, body: words }, 'Composio rejected the request (<op> failed with HTTP 422: a reason)'],
  ['302 to nowhere', { status: 302, body: '' }, 'Composio rejected the request (<op> failed with HTTP 302)'],
  [
    'a closed connection',
    { hangUp: true },
    `Composio API unreachable (<op> failed: Connection failed: the server closed the connection before its answer was complete) — ${network}`,
  ],
];

describe('a fault of Composio', () => {
  let app: ComposioApp;
  let owner: SeededMember;

  beforeAll(async () => {
    app = await startComposioApp();
    owner = await app.configured();
  });
  beforeEach(() => app.stub.reset());
  afterAll(() => app.close());

  const send = async (method: string, rest: string, json?: object) => {
    const response = await app.test.call(`/api/v1/integrations/composio/${rest}`, {
      method,
      token: owner.token,
      headers: { 'X-Workspace-ID': owner.workspaceId },
      ...(json && { json }),
    });
    return { status: response.status, problem: (await response.json()) as { detail: string; code: string } };
  };

  describe.each(places)('at %s %s, when %s is called', (method, rest, operation, name, body) => {
    it('is a 502 with the sentence for it', async () => {
      for (const [label, fault, sentence] of rows) {
        // A GET is tried again after a while, which one of them may show for all.
        if (fault.hangUp && method === 'GET' && rest !== 'toolkits') continue;
        app.stub.reset();
        // A GET is tried three times in all.
        app.stub.disturb(operation, { ...fault, headers: { 'retry-after-ms': '1' }, times: 3 });
        const { status, problem } = await send(method, rest, body);
        expect([label, status, problem.detail]).toEqual([label, 502, sentence.replace('<op>', name)]);
      }
    });
  });

  it.each([
    ['a text in error', '{"error": "plain"}', 'plain'],
    ['a text in message', '{"message": "outer"}', 'outer'],
    ['both', '{"error": {"message": "inner"}, "message": "outer"}', 'inner'],
    ['no JSON', '<h1>Bad\tGateway</h1>\r\n', '<h1>Bad Gateway</h1>'],
    ['an array', '[1]', '[1]'],
    ['control and direction characters', JSON.stringify({ error: 'a\u0000\u001b[31m\u202e b\u2028c' }), 'a [31m b c'],
  ])('is told with %s in its own words', async (_case, body, told) => {
    app.stub.disturb('toolkits.list', { status: 400, body });
    const { problem } = await send('GET', 'toolkits');
    expect(problem.detail).toBe(`Composio rejected the request (list toolkits failed with HTTP 400: ${told})`);
  });

  it('is told in two hundred characters at most, none of them cut in two', async () => {
    app.stub.disturb('toolkits.list', { status: 400, body: { error: `${'\u{1F600}'.repeat(300)}` } });
    const { problem } = await send('GET', 'toolkits');
    expect(problem.detail).toContain(`: ${'\u{1F600}'.repeat(200)}…)`);
  });

  it('is told without the key that Composio repeats', async () => {
    app.stub.projects.delete(keys.ours);
    const { problem } = await send('GET', 'toolkits');
    app.stub.projects.set(keys.ours, app.stub.project(keys.second));
    expect(problem.detail).toContain('HTTP 401: Invalid API key: ***)');
    expect(problem.code).toBe('composio.key_rejected');
  });

  it('in both halves of the inventory is told for the first one', async () => {
    app.stub.disturb('connectedAccounts.list', { status: 400 });
    app.stub.disturb('authConfigs.list', { status: 400, delayMs: 50 });
    expect((await send('GET', 'inventory')).problem.detail).toContain('(list auth configs failed');
  });
});
