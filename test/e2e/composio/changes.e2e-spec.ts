import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { type ComposioApp, keys, startComposioApp } from './composio-app.fixture.js';

/** Every change, with a body that succeeds against the sample project. */
const changes = [
  ['POST', 'triggers', { slug: 'GMAIL_LABEL_ADDED', user_id: 'user-1' }],
  ['POST', 'triggers/ti_1/disable', undefined],
  ['DELETE', 'triggers/ti_1', undefined],
  ['POST', 'connect', { toolkit: 'gmail', user_id: 'user-1' }],
  ['POST', 'accounts/ca_1/revoke', undefined],
  ['POST', 'accounts/ca_1/refresh', undefined],
  ['DELETE', 'accounts/ca_1', undefined],
] as const;

describe('what can be changed at Composio', () => {
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
  const send = (method: string, rest: string, json?: unknown, caller = owner) => app.send(caller, method, rest, json);

  describe.each(changes)('%s %s', (method, rest, body) => {
    it('is for owners and administrators', async () => {
      for (const role of ['VIEWER', 'MEMBER', 'MANAGER'] as const) {
        const member = await app.test.seed.member(owner.workspaceId, role);
        expect((await send(method, rest, body, member)).status).toBe(403);
      }
      const stranger = { ...(await app.configured(keys.theirs)), workspaceId: owner.workspaceId };
      expect((await send(method, rest, body, stranger)).status).toBe(403);
      const token = await app.test.seed.cliToken(owner.userId, { scopes: ['crews:*'] });
      expect((await send(method, rest, body, { ...owner, token })).status).toBe(403);
      expect(app.stub.calls).toEqual([]);
      const admin = await app.test.seed.member(owner.workspaceId, 'ADMIN');
      expect((await send(method, rest, body, admin)).status).toBeLessThan(300);
    });

    it('needs a key, which is said before the body is read', async () => {
      const without = await app.test.seed.workspace();
      for (const sent of [body, []]) {
        expect(await send(method, rest, sent, without)).toMatchObject({
          status: 400,
          data: { detail: 'Composio is not configured (set an API key first)' },
        });
      }
      expect(app.stub.calls).toEqual([]);
    });

    it('reaches the project of the own key only', async () => {
      const other = await app.configured(keys.second);
      project().triggers = [];
      project().accounts = [];
      expect((await send(method, rest, body, other)).status).toBeLessThan(300);
      expect(new Set(app.stub.calls.map(({ key }) => key))).toEqual(new Set([keys.second]));
    });

    it('leaves no audit row when Composio refuses', async () => {
      app.stub.disturb('*', { status: 400 });
      expect((await send(method, rest, body)).status).toBe(502);
      expect(await app.audited(owner.workspaceId)).toEqual([]);
    });
  });
});
