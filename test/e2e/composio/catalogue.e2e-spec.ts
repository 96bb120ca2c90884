import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import {
  accountOf,
  authConfigOf,
  toolkitOf,
  toolOf,
  triggerTypeOf,
  upstreamSecret,
} from '../../counterparts/composio-stub/composio-project.js';
import { type ComposioApp, keys, startComposioApp } from './composio-app.fixture.js';

const base = '/api/v1/integrations/composio';

describe('what can be read at Composio', () => {
  let app: ComposioApp;
  let owner: SeededMember;

  beforeAll(async () => {
    app = await startComposioApp();
    owner = await app.configured();
  });
  beforeEach(() => app.stub.reset());
  afterAll(() => app.close());

  const get = async (rest: string, caller = owner) => {
    const response = await app.test.call(
      `${base}/${rest}${rest.includes('?') ? '&' : '?'}workspace_id=${caller.workspaceId}`,
      {
        token: caller.token,
      },
    );
    return { status: response.status, text: await response.clone().text(), data: (await response.json()) as Answer };
  };

  describe('without a key', () => {
    it.each([
      ['inventory', { enabled: false, auth_configs: [], users: [] }],
      ['toolkits?search=x&limit=nonsense', { enabled: false, total: 0, toolkits: [] }],
      ['tools', { enabled: false, total: 0, tools: [] }],
      [`tools?toolkit=${'x'.repeat(501)}`, { enabled: false, total: 0, tools: [] }],
      ['triggers?toolkit=a&toolkit=b', { enabled: false, total: 0, triggers: [] }],
      ['triggers/active', { enabled: false, triggers: [] }],
    ])('%s is empty, whatever the parameters', async (rest, expected) => {
      const without = await app.test.seed.workspace();
      expect(await get(rest, without)).toMatchObject({ status: 200, data: expected });
      expect(app.stub.calls).toEqual([]);
    });
  });

  it('every role of the workspace reads it, nobody else', async () => {
    const stranger = await app.test.seed.workspace();
    for (const rest of ['inventory', 'toolkits', 'tools?toolkit=gmail', 'triggers', 'triggers/active']) {
      const viewer = await app.test.seed.member(owner.workspaceId, 'VIEWER');
      expect((await get(rest, viewer)).status).toBe(200);
      expect((await get(rest, { ...stranger, workspaceId: owner.workspaceId })).status).toBe(403);
    }
  });

  it('with a token that is limited to something else too: reading is not limited', async () => {
    const token = await app.test.seed.cliToken(owner.userId, { scopes: ['agents:write'] });
    expect((await get('inventory', { ...owner, token })).status).toBe(200);
  });

  it('each workspace reads its own project', async () => {
    const other = await app.configured(keys.second);
    app.stub.project(keys.second).accounts = [accountOf('ca_second', 'somebody', 'gmail')];
    expect((await get('inventory', other)).text).toContain('ca_second');
    expect((await get('inventory')).text).not.toContain('ca_second');
  });

  describe('the inventory', () => {
    it('is as documented: all auth configs, and all accounts by user, in every status', async () => {
      const { data } = await get('inventory');
      expect(data.auth_configs).toEqual(
        ['github', 'slack', 'gmail'].map((slug) => ({
          id: `ac_${slug}`,
          name: `${slug}-ac_${slug}`,
          status: 'ENABLED',
          toolkit: { slug, logo: `https://logos.composio.dev/api/${slug}` },
        })),
      );
      expect(
        data.users?.map(({ user_id, connected_accounts }) => [
          user_id,
          connected_accounts.map(({ id, status }) => `${id} ${status}`),
        ]),
      ).toEqual([
        ['User-9', ['ca_5 ACTIVE']],
        ['user-1', ['ca_2 EXPIRED', 'ca_4 ACTIVE']],
        ['user-2', ['ca_1 ACTIVE', 'ca_3 INITIATED']],
      ]);
      expect(data.users?.[0]?.connected_accounts[0]).toEqual({
        id: 'ca_5',
        user_id: 'User-9',
        status: 'ACTIVE',
        toolkit: { slug: 'gmail' },
        auth_config: { id: 'ac_gmail', auth_scheme: 'OAUTH2', is_composio_managed: true, is_disabled: false },
      });
    });

    it('passes nothing on of what Composio answers beside', async () => {
      expect((await get('inventory')).text).not.toContain(upstreamSecret);
    });

    it('of five thousand accounts is whole, and asks for each page once', async () => {
      app.stub.pageSize = 100;
      const project = app.stub.project(keys.ours);
      project.accounts = Array.from({ length: 5_000 }, (_, n) => accountOf(`ca_${n}`, `user ${n % 1_000}`, 'gmail'));
      project.authConfigs = Array.from({ length: 120 }, (_, n) => authConfigOf(`ac_${n}`, `app${n}`));
      const { data } = await get('inventory');
      expect(data.users).toHaveLength(1_000);
      expect(data.users?.flatMap(({ connected_accounts }) => connected_accounts)).toHaveLength(5_000);
      expect(data.auth_configs).toHaveLength(120);
      expect([app.stub.count('connectedAccounts.list'), app.stub.count('authConfigs.list')]).toEqual([50, 3]);
    });

    it('is answered for many at once', async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => get('inventory')));
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    });

    it('orders users by the bytes of their ids', async () => {
      const ids = ['\u{1F600}', '\uFF5E', 'ž', 'a', 'B'];
      app.stub.project(keys.ours).accounts = ids.map((id, n) => accountOf(`ca_${n}`, id, 'gmail'));
      const { data } = await get('inventory');
      expect(data.users?.map(({ user_id }) => user_id)).toEqual(['B', 'a', 'ž', '\uFF5E', '\u{1F600}']);
    });
  });

  describe('the lists', () => {
    it('of apps are as documented', async () => {
      const { data } = await get('toolkits?search=git');
      expect(data).toEqual({
        enabled: true,
        total: 1,
        toolkits: [
          {
            slug: 'github',
            name: 'GITHUB',
            no_auth: false,
            meta: {
              description: 'github for agents',
              logo: 'https://logos.composio.dev/api/github',
              tools_count: 3,
              categories: [{ id: 'developer-tools', name: 'developer tools' }],
            },
          },
        ],
      });
    });

    it('leave a logo out that Composio does not have', async () => {
      const project = app.stub.project(keys.ours);
      const { meta } = toolkitOf('plain');
      project.toolkits = [toolkitOf('plain', { meta: { ...meta, logo: '' } })];
      expect(Object.keys((await get('toolkits')).data.toolkits?.[0]?.meta ?? {})).not.toContain('logo');
    });

    it('of apps hand search and category on as they are', async () => {
      await get('toolkits?search=%20gMail%26x&category=developer-tools&limit=7');
      expect(new URL(app.stub.calls[0]?.path ?? '', 'http://x').search).toBe(
        '?search=%20gMail%26x&category=developer-tools&limit=7',
      );
    });

    it('of tools need an app', async () => {
      for (const rest of ['tools', 'tools?toolkit=', 'tools?toolkit=%20%20', 'tools?search=x']) {
        expect(await get(rest)).toMatchObject({ status: 400, data: { detail: 'toolkit is required' } });
      }
      expect(app.stub.calls).toEqual([]);
    });

    it('of tools are as documented, searched by Composio under the name that it knows', async () => {
      const { data } = await get('tools?toolkit=%20github%20&search=issue');
      expect(data).toEqual({
        enabled: true,
        total: 1,
        tools: [
          {
            slug: 'GITHUB_CREATE_AN_ISSUE',
            name: 'github create an issue',
            description: 'Does GITHUB_CREATE_AN_ISSUE',
            toolkit: { slug: 'github', logo: 'https://logos.composio.dev/api/github' },
          },
        ],
      });
      expect(app.stub.calls[0]?.path).toContain('query=issue');
    });

    it('of trigger types are as documented, of one app or of all', async () => {
      const { data } = await get('triggers?toolkit=gmail&limit=1');
      expect(data).toEqual({
        enabled: true,
        total: 3,
        triggers: [
          {
            slug: 'GMAIL_NEW_GMAIL_MESSAGE',
            name: 'gmail new gmail message',
            description: 'Fires on GMAIL_NEW_GMAIL_MESSAGE',
            type: 'poll',
            toolkit: { slug: 'gmail', logo: 'https://logos.composio.dev/api/gmail' },
          },
        ],
      });
      expect((await get('triggers')).data).toMatchObject({ total: 5 });
    });

    it('of trigger types are searched to the last page, by us', async () => {
      const project = app.stub.project(keys.ours);
      project.triggerTypes = Array.from({ length: 120 }, (_, n) => triggerTypeOf('gmail', `GMAIL_KIND_${n}`));
      app.stub.pageSize = 50;
      const { data } = await get('triggers?toolkit=gmail&search=KIND_11&limit=3');
      expect(data).toMatchObject({ total: 11 });
      expect(data.triggers?.map(({ slug }) => slug)).toEqual(['GMAIL_KIND_11', 'GMAIL_KIND_110', 'GMAIL_KIND_111']);
      expect((await get('triggers?search=nothing')).data).toEqual({ enabled: true, total: 0, triggers: [] });
    });

    it.each([
      ['', 40],
      ['limit=', 40],
      ['limit=0', 40],
      ['limit=-3', 40],
      ['limit=2.5', 40],
      ['limit=many', 40],
      ['limit=1', 1],
      ['limit=51', 51],
      ['limit=100', 100],
      ['limit=101', 100],
      ['limit=100000', 100],
    ])('with "%s" have at most %i items', async (query, most) => {
      const project = app.stub.project(keys.ours);
      project.toolkits = Array.from({ length: 130 }, (_, n) => toolkitOf(`app${n}`));
      project.tools = Array.from({ length: 130 }, (_, n) => toolOf('gmail', `GMAIL_${n}`));
      project.triggerTypes = Array.from({ length: 130 }, (_, n) => triggerTypeOf('gmail', `GMAIL_${n}`));
      app.stub.pageSize = 50;
      const { data: apps } = await get(`toolkits?${query}`);
      const { data: tools } = await get(`tools?toolkit=gmail&${query}`);
      const { data: types } = await get(`triggers?${query}`);
      expect([apps.toolkits?.length, tools.tools?.length, types.triggers?.length]).toEqual([most, most, most]);
      expect([apps.total, tools.total, types.total]).toEqual([130, 130, 130]);
    });

    it('refuse a filter that is longer than any sensible one', async () => {
      const long = 'x'.repeat(501);
      for (const [rest, name] of [
        [`toolkits?search=${long}`, 'search'],
        [`toolkits?category=${long}`, 'category'],
        [`tools?toolkit=${long}`, 'toolkit'],
        [`triggers?search=${long}`, 'search'],
      ] as const) {
        expect(await get(rest)).toMatchObject({
          status: 400,
          data: { detail: `${name} must be at most 500 characters long`, errors: [{ field: name }] },
        });
      }
    });
  });

  it('active triggers are those of all users, and of all pages', async () => {
    const [, second] = app.stub.project(keys.ours).triggers;
    if (second) second.disabled_at = '2026-01-06T10:00:00.000Z';
    expect((await get('triggers/active')).data).toEqual({
      enabled: true,
      triggers: [
        {
          id: 'ti_1',
          trigger_name: 'GMAIL_NEW_GMAIL_MESSAGE',
          user_id: 'user-1',
          connected_account_id: 'ca_1',
          trigger_config: { interval: 60 },
        },
        {
          id: 'ti_3',
          trigger_name: 'SLACK_RECEIVE_MESSAGE',
          user_id: 'user-1',
          connected_account_id: 'ca_1',
          trigger_config: {},
        },
      ],
    });
  });
});

interface Answer {
  enabled?: boolean;
  total?: number;
  detail?: string;
  auth_configs?: object[];
  users?: { user_id: string; connected_accounts: { id: string; status: string }[] }[];
  toolkits?: { slug: string; meta: object }[];
  tools?: { slug: string }[];
  triggers?: { slug: string }[];
}
