import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppConfig } from '#config';
import { JobRunner } from '#jobs';
import { Transactions } from '#kernel';
import { CrewFoundingService } from '../../../apps/api/src/modules/crews/crew-founding.service.js';
import { DeliveriesService } from '../../../apps/api/src/modules/deliveries/deliveries.service.js';
import { Receiver } from '../../../apps/api/src/modules/deliveries/receiver.fixture.js';
import { startTemplatesApp, type TemplatesApp } from '../templates/instance-admin.fixture.js';
import { botToken } from './acme.fixture.js';
import { importOrg, type OrgAnswer } from './org-app.fixture.js';

const endpoint = '/api/v1/workspaces/{workspaceId}/delivery-endpoint';

describe('what an imported organisation works with', () => {
  let app: TemplatesApp;
  let receiver: Receiver;

  beforeAll(async () => {
    [app, receiver] = await Promise.all([
      startTemplatesApp({ env: { EGRESS_ALLOW: '127.0.0.1', CREWSHIP_JOBS: 'off' } }),
      Receiver.start(''),
    ]);
    for (const name of ['reporter', 'linter']) offer(name);
  });
  afterAll(async () => {
    await receiver.stop();
    await app.close();
  });

  const offer = (name: string): void => {
    const folder = join(app.test.app.get(AppConfig, { strict: false }).plugins.dir, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'plugin.yaml'), 'version: 1');
  };
  const by = () => app.test.as({ token: app.person.token });
  const work = () => app.test.app.get(JobRunner, { strict: false }).runDue();
  const imported = (template: object) => importOrg(app, { template }, { token: app.person.token });
  const idOf = (answer: OrgAnswer, at = 0) => answer.workspaces?.[at]?.id ?? '';
  const at = (workspaceId: string) => ({ params: { path: { workspaceId } } });
  const statusOf = async (workspaceId: string) =>
    (await app.test.prisma.client.workspaceRuntime.findUniqueOrThrow({ where: { workspaceId } })).status;

  const send = (workspaceId: string, text: string) =>
    app.test.app.get(Transactions, { strict: false }).run(() =>
      app.test.app.get(DeliveriesService, { strict: false }).sendMessages([
        {
          workspaceId,
          agentId: null,
          messageId: text,
          text,
          origin: { kind: 'webhook', id: text },
          triggeredBy: null,
          at: app.test.clock.now(),
        },
      ]),
    );

  it('is, outside, an agent that gets its messages at its url, and whose secret can be had', async () => {
    const made = await imported({
      name: 'Out',
      workspaces: [{ name: 'Outside', external: true, url: ` ${receiver.url}/a2a ` }, { name: 'Inside' }],
    });
    const [outside, inside] = [idOf(made), idOf(made, 1)];
    expect(made.report).toEqual({
      skipped: [],
      skipped_count: 0,
      notes: [{ workspace: 'Outside', kind: 'delivery_endpoint', note: expect.stringContaining('rotate_secret') }],
    });
    const { data } = await by().GET(endpoint, at(outside));
    expect(data).toMatchObject({ url: `${receiver.url}/a2a`, protocol: 'a2a', event_types: [], disabled_at: null });
    expect((await by().GET(endpoint, at(inside))).response.status).toBe(404);
    expect([await statusOf(outside), await statusOf(inside)]).toEqual(['online', 'awaiting_agent']);

    await send(outside, 'hello');
    await work();
    expect(receiver.requests.map(({ path, body }) => [path, body.method])).toEqual([['/a2a', 'message/send']]);

    const body = { url: `${receiver.url}/a2a`, protocol: 'a2a' as const, rotate_secret: true };
    const rotated = await by().PUT(endpoint, { ...at(outside), body });
    expect(rotated.data?.secret).toMatch(/^dls_/);
  });

  it.each([
    ['http://agents.example.com/a2a', 'plain http is allowed only to hosts in EGRESS_ALLOW'],
    ['https://10.0.0.1/a2a', 'literal private/internal IP 10.0.0.1 not allowed'],
    ['agents', 'scheme "" not in [http https]'],
    ['https://u:hidden-word@agents.example.com', 'userinfo not allowed in outbound URL'],
  ])('is told of where %s cannot be its url, and how to set another', async (url, why) => {
    const made = await imported({ name: 'Refused', workspaces: [{ name: 'Outside', external: true, url }] });
    expect(made.httpStatus).toBe(201);
    expect(made.report).toMatchObject({ skipped_count: 1, notes: [] });
    expect(made.report?.skipped).toEqual([
      { workspace: 'Outside', kind: 'delivery_endpoint', name: 'url', reason: expect.stringContaining(why) },
    ]);
    expect(made.report?.skipped[0]?.reason).toContain('PUT /workspaces/{id}/delivery-endpoint');
    expect(JSON.stringify(made)).not.toContain('hidden-word');
    expect((await by().GET(endpoint, at(idOf(made)))).response.status).toBe(404);
    expect(await statusOf(idOf(made))).toBe('awaiting_agent');
  });

  const wishing = {
    name: 'Plugins',
    defaults: { plugins: ['reporter', 'ghost', 'linter'] },
    workspaces: [
      { name: 'One', plugins: ['local://reporter', 'github://acme/tool#v1'] },
      { name: 'Two', plugins: ['!linter'] },
    ],
  };
  const installedIn = async (workspaceId: string) =>
    (await by().GET('/api/v1/workspaces/{workspaceId}/plugins', at(workspaceId))).data?.map(({ name }) => name);

  it('has the plugins that the registry has, and says which it has not', async () => {
    const made = await imported(wishing);
    await work();
    expect(made.report?.skipped.map(({ workspace, kind, name }) => `${workspace} ${kind} ${name}`)).toEqual([
      'One plugin ghost',
      'One plugin github://acme/tool#v1',
      'Two plugin ghost',
    ]);
    expect(await installedIn(idOf(made))).toEqual(['linter', 'reporter']);
    expect(await installedIn(idOf(made, 1))).toEqual(['reporter']);
  });

  it('has no plugin that its allow-list does not name, and the audit log says so', async () => {
    const made = await imported(wishing);
    await by().PUT('/api/v1/orgs/{workspaceId}/plugins/allowlist', {
      params: { path: { workspaceId: idOf(made) } },
      body: { plugins: ['linter'], enabled_by: 'security' },
    });
    await work();
    expect(await installedIn(idOf(made))).toEqual(['linter']);
    const refusals = await app.test.prisma.client.auditLog.findMany({
      where: { workspaceId: idOf(made), action: 'plugin.install_failed' },
    });
    expect(refusals).toMatchObject([{ metadata: { source: 'local://reporter', code: 'plugin.not_allowed' } }]);
  });

  it('has neither when a later workspace fails', async () => {
    const { client } = app.test.prisma;
    const left = async () => [
      await client.deliveryEndpoint.count(),
      await client.$queryRaw`SELECT count(*)::int FROM graphile_worker.jobs WHERE task_identifier = 'plugin.install'`,
    ];
    const before = await left();
    const crews = app.test.app.get(CrewFoundingService, { strict: false });
    const found = crews.found.bind(crews);
    crews.found = (scope, wish) =>
      wish.lead.name === 'Last' ? Promise.reject(new Error('the last one fails')) : found(scope, wish);
    try {
      const first = { name: 'First', external: true, url: 'https://agents.example.com', plugins: ['reporter'] };
      const failed = await imported({ name: 'Failing', workspaces: [first, { name: 'Last' }] });
      expect(failed.httpStatus).toBe(500);
    } finally {
      crews.found = found;
    }
    expect(await left()).toEqual(before);
  });

  it('has its channels by either spelling of their type', async () => {
    const config = { bot_token: botToken, chat_id: '-100' };
    const channels = [{ channel_type: 'telegram', config }];
    const made = await imported({ name: 'Chat', workspaces: [{ name: 'Talks', channels }] });
    expect(made.workspaces).toMatchObject([{ channels: ['telegram'] }]);
  });
});
