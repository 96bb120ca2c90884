import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { type ComposioApp, keys, startComposioApp } from './composio-app.fixture.js';

const base = '/api/v1/integrations/composio';
const reads = ['settings', 'inventory', 'toolkits', 'tools?toolkit=gmail', 'triggers', 'triggers/active'];
const changes: readonly (readonly [string, string, object?])[] = [
  ['POST', 'triggers', { slug: 'GMAIL_LABEL_ADDED', user_id: 'user-1' }],
  ['POST', 'triggers/ti_1/disable'],
  ['DELETE', 'triggers/ti_1'],
  ['POST', 'connect', { toolkit: 'linear', user_id: 'user-1' }],
  ['POST', 'accounts/ca_1/revoke'],
  ['POST', 'accounts/ca_1/refresh'],
  ['DELETE', 'accounts/ca_1'],
];

describe('row 29: the key to Composio', () => {
  let app: ComposioApp;
  let owner: SeededMember;
  const answers: string[] = [];
  const spellings = [keys.ours, keys.server, keys.second].flatMap((key) => [
    key,
    Buffer.from(key).toString('base64').replace(/=+$/, ''),
  ]);
  const found = (text: string) => spellings.filter((key) => text.includes(key));

  const send = async (method: string, rest: string, json?: unknown) => {
    const response = await app.test.call(`${base}/${rest}`, {
      method,
      token: owner.token,
      headers: { 'X-Workspace-ID': owner.workspaceId },
      ...(json !== undefined && { json }),
    });
    const headers = JSON.stringify([...response.headers]);
    answers.push(`${method} ${rest} ${response.status} ${headers} ${await response.text()}`);
  };
  const everything = async () => {
    for (const rest of reads) await send('GET', rest);
    for (const [method, rest, body] of changes) await send(method, rest, body);
  };

  beforeAll(async () => {
    app = await startComposioApp({ env: { LOG_LEVEL: 'trace', COMPOSIO_API_KEY: keys.server } });
    owner = await app.test.seed.workspace();
    await everything();
    await send('PUT', 'settings', { api_key: keys.ours, label: 'project' });
    await everything();
    // Composio repeats the key in all that it refuses.
    const repeating = { error: { message: `no: ${keys.ours}`, key: keys.ours } };
    for (const fault of [{ status: 401 }, { status: 400 }, { status: 500 }]) {
      const headers = { 'x-should-retry': 'false', 'x-echo': keys.ours };
      app.stub.disturb('*', { ...fault, body: repeating, headers, times: reads.length + changes.length });
      await everything();
      app.stub.reset();
    }
    app.stub.disturb('*', { status: 200, body: `not JSON ${keys.ours}`, times: 20 });
    await everything();
    app.stub.reset();
    await send('PUT', 'settings', { api_key: keys.second, label: keys.second.length });
    await send('PUT', 'settings', { api_key: `${keys.second}x` });
    app.stub.disturb('*', { hangUp: true, times: 3 });
    await send('PUT', 'settings', { api_key: keys.second });
    await send('DELETE', 'settings');
    await send('PUT', 'settings', { api_key: keys.ours });
  }, 60_000);
  afterAll(() => app.close());

  it('is in no answer, though Composio repeats it', () => {
    expect(answers.filter((text) => / 20[04] /.test(text)).length).toBeGreaterThan(15);
    expect(answers.filter((text) => / 502 /.test(text)).length).toBeGreaterThan(15);
    expect(answers.filter((text) => found(text).length > 0)).toEqual([]);
  });

  it('is in no line of the log, not even at its most talkative', () => {
    expect(app.test.logs.length).toBeGreaterThan(answers.length);
    expect(app.test.logs.filter((line) => found(line).length > 0)).toEqual([]);
  });

  it('is in no row of any table, the audit log included', async () => {
    const { client } = app.test.prisma;
    expect(await client.auditLog.count({ where: { action: { startsWith: 'composio' } } })).toBeGreaterThan(5);
    expect(await client.composioSettings.count()).toBe(1);
    const tables = await client.$queryRaw<{ name: string }[]>`
      SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`;
    for (const { name } of tables) {
      const rows = await client.$queryRawUnsafe<{ text: string }[]>(
        `SELECT row_to_json(t)::text AS text FROM "${name}" t`,
      );
      expect([name, found(rows.map(({ text }) => text).join('\n'))]).toEqual([name, []]);
    }
  });
});
