import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { type ComposioAnswer, type ComposioApp, keys, startComposioApp } from './composio-app.fixture.js';

describe('a trigger at Composio', () => {
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
  const triggerId = ({ data }: ComposioAnswer) => (data?.trigger as { id: string } | undefined)?.id;

  const wish = {
    slug: ' GMAIL_LABEL_ADDED ',
    user_id: ' user-7 ',
    config: { interval: 5, labels: ['a', { b: null }] },
  };

  it('is made as documented, with spaces dropped and its settings handed on as they are', async () => {
    const { status, data } = await send('POST', 'triggers', wish);
    const made = project().triggers.at(-1);
    expect([status, data]).toEqual([
      200,
      {
        enabled: true,
        trigger: {
          id: made?.id,
          trigger_name: 'GMAIL_LABEL_ADDED',
          user_id: 'user-7',
          connected_account_id: '',
          trigger_config: wish.config,
        },
      },
    ]);
    expect(app.stub.calls).toMatchObject([{ body: { user_id: 'user-7', trigger_config: wish.config } }]);
    expect(await app.audited(owner.workspaceId)).toEqual([
      {
        action: 'composio_trigger.create',
        entityId: made?.id,
        metadata: { slug: 'GMAIL_LABEL_ADDED', composio_user: 'user-7' },
      },
    ]);
  });

  it('without settings sends none', async () => {
    for (const config of [undefined, null]) {
      const { data } = await send('POST', 'triggers', { slug: 'GMAIL_LABEL_ADDED', user_id: 'u', config });
      expect(data).toMatchObject({ trigger: { trigger_config: null } });
    }
    expect(app.stub.calls.map(({ body }) => body)).toEqual([{ user_id: 'u' }, { user_id: 'u' }]);
  });

  it('that exists is enabled again, and is not made twice', async () => {
    const first = await send('POST', 'triggers', wish);
    const id = triggerId(first);
    expect((await send('POST', `triggers/${id}/disable`)).status).toBe(204);
    expect((await send('GET', 'triggers/active')).data?.triggers).toHaveLength(3);
    const again = await send('POST', 'triggers', wish);
    expect(triggerId(again)).toBe(id);
    expect((await send('GET', 'triggers/active')).data?.triggers).toHaveLength(4);
  });

  it('is disabled, then deleted, with a row in the audit log for each', async () => {
    expect(await send('POST', 'triggers/ti_1/disable')).toEqual({ status: 204, data: null });
    app.test.clock.advanceMs(1);
    expect(await send('DELETE', 'triggers/ti_1')).toEqual({ status: 204, data: null });
    expect(project().triggers.map(({ id }) => id)).toEqual(['ti_2', 'ti_3']);
    expect((await app.audited(owner.workspaceId)).map(({ action, entityId }) => `${action} ${entityId}`)).toEqual([
      'composio_trigger.disable ti_1',
      'composio_trigger.delete ti_1',
    ]);
    expect(await details(['DELETE', 'triggers/ti_1'])).toEqual([
      'Composio rejected the request (delete trigger instance failed with HTTP 404: Trigger not found) — list the active triggers for the ids that exist',
    ]);
  });

  it('needs slug and user, and settings that are an object', async () => {
    const required = 'slug and user_id are required';
    const sent: [unknown, string][] = [
      [[], 'Invalid JSON body'],
      [{}, required],
      [{ slug: 'X' }, required],
      [{ slug: '  ', user_id: 'u' }, required],
      [{ slug: 'X', user_id: ' \t' }, required],
      [{ slug: null, user_id: 'u' }, required],
      [{ slug: 5, user_id: 'u' }, 'slug must be a string'],
      [{ slug: '../x', user_id: 'u' }, 'slug has a wrong form'],
      [{ slug: 'X', user_id: 'u', config: [] }, 'config must be an object'],
      [{ slug: 'X', user_id: 'u', config: 'x' }, 'config must be an object'],
    ];
    for (const [body, detail] of sent) {
      expect(await send('POST', 'triggers', body)).toMatchObject({ status: 400, data: { detail } });
    }
    expect(app.stub.calls).toEqual([]);
  });
});
