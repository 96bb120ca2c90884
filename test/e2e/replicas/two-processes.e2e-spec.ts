import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { telegramMessage } from '../channels/inbound-messages.fixture.js';
import { SseReader } from '../events/sse.fixture.js';
import { type ReplicaAnswer, TwoProcesses } from './two-processes.fixture.js';

describe('two processes on one database', () => {
  let both: TwoProcesses;
  let owner: SeededMember;
  let plugins: string;

  beforeAll(async () => {
    plugins = mkdtempSync(join(tmpdir(), 'crewship-plugins-'));
    mkdirSync(join(plugins, 'notes'));
    writeFileSync(join(plugins, 'notes', 'plugin.yaml'), 'name: notes\nversion: 1.0.0\n');
    both = await TwoProcesses.start({ PLUGINS_DIR: plugins });
  }, 60_000);
  beforeEach(async () => {
    owner = await both.test.seed.workspace();
  });
  afterAll(async () => {
    await both.close();
    rmSync(plugins, { recursive: true });
  });

  const statusesOf = (answers: readonly ReplicaAnswer[]) => answers.map(({ status }) => status).sort();
  const inWorkspace = (path: string) => `/workspaces/${owner.workspaceId}${path}`;

  it('let one of fifty decide an approval', async () => {
    const asked = await both.post(both.urls[0], inWorkspace('/approvals'), { action: 'deploy' }, { by: owner });
    const path = inWorkspace(`/approvals/${asked.body.approval_id}/decide`);
    const answers = await both.atOnce(50, (url, n) =>
      both.post(url, path, { decision: n % 3 ? 'approve' : 'deny' }, { by: owner }),
    );
    expect(statusesOf(answers)).toEqual([200, ...Array(49).fill(404)]);
    const events = await both.test.prisma.client.event.count({
      where: { workspaceId: owner.workspaceId, type: 'APPROVAL_DECIDED' },
    });
    expect(events).toBe(1);
  });

  it('make no more than fifty tokens of a workspace', async () => {
    for (let made = 0; made < 44; made += 1) await both.test.seed.teamKey(owner.workspaceId);
    const answers = await both.atOnce(20, (url) => both.post(url, inWorkspace('/tokens'), {}, { by: owner }));
    expect(statusesOf(answers)).toEqual([...Array(6).fill(201), ...Array(14).fill(429)]);
  });

  it('hand a chat message to the agent once, however often and wherever the platform sends it', async () => {
    const config = { bot_token: `1:${'a'.repeat(35)}`, chat_id: '7', webhook_secret: 'secret-of-the-webhook' };
    const body = { channel_type: 'telegram', config };
    await both.test.seed.agent(owner.workspaceId, { agentRole: 'LEAD' });
    expect((await both.post(both.urls[1], inWorkspace('/channels'), body, { by: owner })).status).toBe(201);
    const headers = { 'x-telegram-bot-api-secret-token': config.webhook_secret };
    const update = telegramMessage('deploy, please');
    const answers = await both.atOnce(20, (url) => both.post(url, '/webhooks/telegram', update, { headers }));
    expect(statusesOf(answers)).toEqual(Array(20).fill(200));
    const messages = { workspaceId: owner.workspaceId, type: 'agent.message' };
    expect(await both.test.prisma.client.delivery.count({ where: messages })).toBe(1);
  });

  it('import an organisation once for its import_key', async () => {
    const body = { template: { name: 'Acme', workspaces: [{ name: 'One' }, { name: 'Two' }] }, import_key: 'acme' };
    const answers = await both.atOnce(8, (url) => both.post(url, '/org/import', body));
    expect(statusesOf(answers)).toEqual(Array(8).fill(201));
    expect(answers.filter((answer) => answer.body.repeated === false)).toHaveLength(1);
    expect(await both.test.prisma.client.workspace.count({ where: { name: 'Two' } })).toBe(1);
  });

  it('import a bundle once for its Idempotency-Key', async () => {
    const bundle = { schema: '1.0', id: 'b', name: 'Moved here' };
    const headers = { 'Idempotency-Key': 'moved-here' };
    const answers = await both.atOnce(8, (url) => both.post(url, '/bundles/import', bundle, { headers }));
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(answers.some(({ status }) => status === 201)).toBe(true);
    expect(await both.test.prisma.client.workspace.count({ where: { name: 'Moved here' } })).toBe(1);
  });

  it('install a plugin as one, whoever is asked', async () => {
    const source = { source: 'local://notes' };
    const answers = await both.atOnce(8, (url) => both.post(url, inWorkspace('/plugins'), source, { by: owner }));
    expect(statusesOf(answers)).toEqual(Array(8).fill(200));
    const rows = await both.test.prisma.client.workspacePlugin.findMany({ where: { workspaceId: owner.workspaceId } });
    expect(rows.map(({ name, version }) => [name, version])).toEqual([['notes', '1.0.0']]);
  });

  it('tell their streams the same events in the same order', async () => {
    const path = `/api/v1/workspaces/${owner.workspaceId}/events/stream`;
    const readers = await Promise.all(both.urls.map((url) => SseReader.open(`${url}${path}`, owner.token)));
    await both.atOnce(20, (url, n) => both.post(url, inWorkspace('/approvals'), { action: `${n}` }, { by: owner }));
    const [first, second] = await Promise.all(readers.map((reader) => reader.until(20)));
    expect(first).toHaveLength(20);
    expect(second).toEqual(first);
    for (const reader of readers) reader.close();
  });
});
