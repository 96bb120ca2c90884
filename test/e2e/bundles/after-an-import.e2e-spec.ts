import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JobRunner } from '#jobs';
import { Transactions } from '#kernel';
import type { TestApp } from '#testing';
import { DeliveriesService } from '../../../apps/api/src/modules/deliveries/deliveries.service.js';
import { Receiver } from '../../../apps/api/src/modules/deliveries/receiver.fixture.js';
import { adminToken, bundleOf, importInto, plain, startInstance, withoutIds } from './bundle-world.fixture.js';

interface Imported {
  workspace_id: string;
  missing_secrets: { workspace: string; kind: string; name: string }[];
  report: Record<string, number>;
}

describe('what is still to be done after an import', () => {
  let test: TestApp;
  let receiver: Receiver;

  beforeAll(async () => {
    [test, receiver] = await Promise.all([startInstance({ EGRESS_ALLOW: '127.0.0.1' }), Receiver.start('')]);
  });
  afterAll(async () => {
    await receiver.stop();
    await test.close();
  });

  const imported = async (json: object, headers?: Record<string, string>): Promise<Imported> => {
    const response = await importInto(test, json, headers);
    const body = (await response.json()) as Imported;
    expect([response.status, body]).toEqual([201, expect.anything()]);
    return body;
  };
  const missingIn = ({ missing_secrets: all }: Imported) =>
    all.map(({ workspace, kind, name }) => `${workspace}: ${kind} ${name}`);
  const send = async (workspaceId: string, text: string): Promise<void> => {
    const message = { workspaceId, agentId: null, messageId: text, text, triggeredBy: null, at: test.clock.now() };
    await test.app
      .get(Transactions, { strict: false })
      .run(() =>
        test.app
          .get(DeliveriesService, { strict: false })
          .sendMessages([{ ...message, origin: { kind: 'webhook', id: text } }]),
      );
    await test.app.get(JobRunner, { strict: false }).runDue();
  };

  it('is setting its delivery endpoint again: nothing is posted there before', async () => {
    const endpoint = { agent: null, url: receiver.url, protocol: 'a2a', event_types: [] };
    const made = await imported(plain('Moved', { format: 'crewship.bundle/1', delivery_endpoints: [endpoint] }));
    const path = `/api/v1/workspaces/${made.workspace_id}/delivery-endpoint`;
    const call = async (more: object = {}) => (await test.call(path, { token: adminToken, ...more })).json();
    expect(missingIn(made)).toEqual(['Moved: delivery_endpoint workspace']);
    expect(await call()).toMatchObject({
      url: receiver.url,
      disabled_at: expect.any(String),
      disabled_reason: 'imported: set it again with rotate_secret to get its secret',
    });
    await send(made.workspace_id, 'before');
    expect(receiver.requests).toEqual([]);
    const exported = await bundleOf(test, made.workspace_id);
    expect(exported.delivery_endpoints).toEqual([endpoint]);

    const json = { url: receiver.url, protocol: 'a2a', rotate_secret: true };
    const set = (await call({ method: 'PUT', json })) as { secret: string };
    expect(set).toMatchObject({ disabled_at: null, disabled_reason: null, secret: expect.stringMatching(/^dls_/) });
    receiver.secret = set.secret;
    await send(made.workspace_id, 'after');
    expect(receiver.requests.at(-1)).toMatchObject({ text: 'after', isSigned: true });
    expect(withoutIds(await bundleOf(test, made.workspace_id))).toEqual(withoutIds(exported));
  });

  it('is entering the secrets that a plain bundle names, and those that its channels cannot do without', async () => {
    const below = plain('Below', { secrets: ['K1'], channels: [{ type: 'slack', config: { channel_id: 'C1' } }] });
    const made = await imported(
      plain('Plain', {
        secrets: ['K1', 'K2'],
        credentials: [{ name: 'K2' }],
        channels: [{ channel_type: 'telegram', config: { chat_id: '-100' } }],
        sub_workspaces: [below],
      }),
    );
    expect(missingIn(made)).toEqual([
      'Plain: credential K2',
      'Plain: credential K1',
      'Plain: channel telegram: bot_token',
      'Below: credential K1',
      'Below: channel slack: bot_token',
    ]);
    const rows = await test.prisma.client.credential.findMany({ where: { workspaceId: made.workspace_id } });
    expect(rows.map(({ name, status, sealedValue }) => `${name} ${status} ${sealedValue}`).sort()).toEqual([
      'K1 PENDING null',
      'K2 PENDING null',
    ]);
    expect(made.report.credentials).toBe(3);
  });

  it('is nothing for names that a bundle of our format gives without a credential', async () => {
    const made = await imported(plain('Ours', { format: 'crewship.bundle/1', secrets: ['K1'] }));
    expect(missingIn(made)).toEqual([]);
    expect(made.report.credentials).toBe(0);
  });

  it('is the same for either spelling of a schedule and a channel, read strictly too', async () => {
    const schedule = { name: 'nightly', prompt: 'Sweep.' };
    const parts = [
      { schedules: [{ ...schedule, expression: '0 3 * * *' }], channels: [{ type: 'discord' }] },
      { schedules: [{ ...schedule, cron_expr: '0 3 * * *' }], channels: [{ channel_type: 'discord' }] },
    ];
    const exports: unknown[] = [];
    for (const part of parts) {
      const made = await imported(plain('Spelled', part), { Prefer: 'handling=strict' });
      expect(missingIn(made)).toEqual(['Spelled: channel discord: webhook_url']);
      const { schedules, channels } = await bundleOf(test, made.workspace_id);
      exports.push({ schedules, channels });
    }
    expect(exports[0]).toEqual(exports[1]);
    expect(exports[0]).toMatchObject({
      schedules: [{ cron_expr: '0 3 * * *' }],
      channels: [{ channel_type: 'discord' }],
    });
  });
});
