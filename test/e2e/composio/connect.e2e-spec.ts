import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { authConfigOf } from '../../counterparts/composio-stub/composio-project.js';
import { type ComposioApp, keys, startComposioApp } from './composio-app.fixture.js';

describe('connecting an account at Composio', () => {
  let app: ComposioApp;
  let owner: SeededMember;

  beforeAll(async () => {
    app = await startComposioApp();
  });
  beforeEach(async () => {
    app.stub.reset();
    owner = await app.configured();
  });
  afterAll(() => app.close());

  const project = () => app.stub.project(keys.ours);
  const send = (method: string, rest: string, json?: unknown) => app.send(owner, method, rest, json);
  const details = (...requests: Parameters<typeof send>[]) =>
    Promise.all(requests.map(async (request) => (await send(...request)).data?.detail));

  it('uses the auth config that there is, on whatever page, and answers as documented', async () => {
    const { status, data } = await send('POST', 'connect', { toolkit: ' Gmail ', user_id: ' user-42 ' });
    const account = project().accounts.at(-1);
    expect([status, data]).toEqual([
      200,
      {
        redirect_url: expect.stringMatching(/^https:\/\/connect\.composio\.dev\/link\/lk_\d+$/),
        connected_account_id: account?.id,
        user_id: 'user-42',
      },
    ]);
    expect(app.stub.count('authConfigs.create')).toBe(0);
    expect(app.stub.calls.at(-1)?.body).toEqual({ auth_config_id: 'ac_gmail', user_id: 'user-42' });
    expect(await app.audited(owner.workspaceId)).toEqual([
      {
        action: 'composio.connect',
        entityId: account?.id,
        metadata: { toolkit: 'gmail', composio_user: 'user-42' },
      },
    ]);
  });

  it('makes an auth config where there is none, once, and says so in the audit log', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => send('POST', 'connect', { toolkit: 'linear', user_id: `user-${n}` })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    await send('POST', 'connect', { toolkit: 'linear', user_id: 'later' });
    expect(app.stub.count('authConfigs.create')).toBe(1);
    const made = app.stub.calls.find(({ operation }) => operation === 'authConfigs.create');
    expect(made?.body).toEqual({
      toolkit: { slug: 'linear' },
      auth_config: { type: 'use_composio_managed_auth', name: 'linear-crewship' },
    });
    const actions = (await app.audited(owner.workspaceId)).map(({ action }) => action);
    expect(actions.filter((action) => action === 'composio_auth_config.create')).toHaveLength(1);
    expect(actions.filter((action) => action === 'composio.connect')).toHaveLength(7);
  });

  it('prefers an enabled auth config, and makes none beside a disabled one', async () => {
    project().authConfigs = [
      authConfigOf('ac_off', 'gmail', { status: 'DISABLED' }),
      authConfigOf('ac_other', 'gmailx'),
      authConfigOf('ac_on', 'gmail'),
    ];
    await send('POST', 'connect', { toolkit: 'gmail', user_id: 'u' });
    expect(app.stub.calls.at(-1)?.body).toMatchObject({ auth_config_id: 'ac_on' });
    project().authConfigs.length = 1;
    expect(await details(['POST', 'connect', { toolkit: 'gmail', user_id: 'u' }])).toEqual([
      'Composio rejected the request (create connect link failed with HTTP 400: Auth config is disabled)',
    ]);
    expect(app.stub.count('authConfigs.create')).toBe(0);
  });

  it('that fails after an auth config was made says which one stays, and the next one uses it', async () => {
    app.stub.disturb('link.create', { status: 503, body: { error: { message: 'busy' } } });
    const failed = await send('POST', 'connect', { toolkit: 'linear', user_id: 'u' });
    const id = project().authConfigs.at(-1)?.id;
    expect(failed).toMatchObject({
      status: 502,
      data: {
        auth_config_id: id,
        detail:
          'Composio upstream error (create connect link failed with HTTP 503: busy) — Composio may be degraded, retry shortly. ' +
          `The auth config ${id} was made at Composio before and stays: connecting again uses it`,
      },
    });
    expect(await app.audited(owner.workspaceId)).toEqual([
      { action: 'composio_auth_config.create', entityId: id, metadata: { toolkit: 'linear' } },
    ]);
    expect((await send('POST', 'connect', { toolkit: 'linear', user_id: 'u' })).status).toBe(200);
    expect(app.stub.count('authConfigs.create')).toBe(1);
  });

  it('hands on where to go afterwards', async () => {
    const wish = { toolkit: 'gmail', user_id: 'u' };
    for (const url of ['https://app.example.com/done?x=1', 'http://localhost:3000/done', 'http://127.0.0.1']) {
      expect((await send('POST', 'connect', { ...wish, callback_url: url })).status).toBe(200);
      expect(app.stub.calls.at(-1)?.body).toMatchObject({ callback_url: url });
    }
    for (const url of [
      'http://app.example.com/',
      'javascript:alert(1)',
      '//x',
      'https://',
      'http://localhost.evil.example/',
    ]) {
      expect(await send('POST', 'connect', { ...wish, callback_url: url })).toMatchObject({
        status: 400,
        data: { detail: 'callback_url must be an https URL, or http on a loopback host' },
      });
    }
  });

  it('names the fields that are blank', async () => {
    for (const [path, body, fields] of [
      ['connect', { toolkit: ' ', user_id: '\t' }, ['toolkit', 'user_id']],
      ['triggers', { slug: 'X', user_id: ' ' }, ['user_id']],
      ['triggers', { slug: ' ', user_id: 'u' }, ['slug']],
    ] as const) {
      const { data } = await send('POST', path, body);
      expect(data).toMatchObject({ errors: fields.map((field) => ({ field, code: 'required' })) });
    }
  });

  it('needs app and user', async () => {
    const required = 'toolkit and user_id are required';
    const sent: [unknown, string][] = [
      [{}, required],
      [{ toolkit: 'gmail' }, required],
      [{ toolkit: ' ', user_id: 'u' }, required],
      [{ toolkit: 'gmail', user_id: '' }, required],
      [{ toolkit: 'gmail', user_id: {} }, 'user_id must be a string'],
    ];
    for (const [body, detail] of sent) {
      expect(await send('POST', 'connect', body)).toMatchObject({ status: 400, data: { detail } });
    }
    expect(app.stub.calls).toEqual([]);
  });
});
