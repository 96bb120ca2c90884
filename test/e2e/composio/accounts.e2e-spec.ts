import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { type ComposioApp, keys, startComposioApp } from './composio-app.fixture.js';

describe('an account at Composio', () => {
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

  it('is revoked, and can be revoked again', async () => {
    expect(await send('POST', 'accounts/ca_1/revoke')).toEqual({ status: 204, data: null });
    expect(await send('POST', 'accounts/ca_1/revoke')).toEqual({ status: 204, data: null });
    expect(project().accounts[0]?.status).toBe('REVOKED');
  });

  it('is refreshed with 204, and with 200 and a page to open where a person has to consent again', async () => {
    expect(await send('POST', 'accounts/ca_2/refresh')).toEqual({ status: 204, data: null });
    app.test.clock.advanceMs(1);
    project().restartsConsent.add('ca_2');
    expect(await send('POST', 'accounts/ca_2/refresh')).toEqual({
      status: 200,
      data: { redirect_url: 'https://connect.composio.dev/link/again-ca_2' },
    });
    expect(await app.audited(owner.workspaceId)).toEqual([
      { action: 'composio_account.refresh', entityId: 'ca_2', metadata: { needs_consent: false } },
      { action: 'composio_account.refresh', entityId: 'ca_2', metadata: { needs_consent: true } },
    ]);
  });

  it.each([
    ['204 without a body', 204, ''],
    ['an empty body', 200, ''],
    ['null', 200, 'null'],
    ['an array', 202, '[]'],
    ['a text', 200, 'refreshed'],
    ['an object without a page', 200, '{}'],
  ])('is refreshed with 204 where Composio answers %s', async (_what, status, body) => {
    app.stub.disturb('connectedAccounts.refresh', { status, body });
    expect(await send('POST', 'accounts/ca_2/refresh')).toEqual({ status: 204, data: null });
    expect(await app.audited(owner.workspaceId)).toHaveLength(1);
  });

  it('is deleted once, whoever asks at the same moment', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => send('DELETE', 'accounts/ca_1')));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 502, 502]);
    expect(await app.audited(owner.workspaceId)).toHaveLength(1);
    expect(project().accounts.some(({ id }) => id === 'ca_1')).toBe(false);
  });

  it('that Composio refuses is a 502 that says what to do', async () => {
    const prefix = 'Composio rejected the request';
    const take = 'take the id of an account from the inventory';
    app.stub.disturb('connectedAccounts.revoke', { status: 400, body: { error: { message: 'Not supported' } } });
    const answers = [
      await send('POST', 'accounts/ca_1/revoke'),
      await send('POST', 'accounts/ca_3/revoke'),
      await send('POST', 'accounts/ca_none/revoke'),
      await send('POST', 'accounts/ca_none/refresh'),
      await send('DELETE', 'accounts/ca_none'),
    ];
    expect(answers.map(({ status, data }) => [status, data?.detail])).toEqual([
      [
        502,
        `${prefix} (revoke connected account failed with HTTP 400: Not supported) — the app may not support revoking; delete the account instead`,
      ],
      [
        502,
        `${prefix} (revoke connected account failed with HTTP 409: Connected account is INITIATED) — the account is not active; connect it again, or delete it`,
      ],
      [502, `${prefix} (revoke connected account failed with HTTP 404: Connected account not found) — ${take}`],
      [502, `${prefix} (refresh connected account failed with HTTP 404: Connected account not found) — ${take}`],
      [502, `${prefix} (delete connected account failed with HTTP 404: Connected account not found) — ${take}`],
    ]);
  });

  it('has an id that leads nowhere else', async () => {
    const odd = 'account id must be letters, digits, -, _, . or :, at most 128 of them';
    expect(
      await details(
        ['POST', 'accounts/%20/revoke'],
        ['POST', 'accounts/%2E%2E%2Fx/refresh'],
        ['DELETE', 'accounts/ca_1%3Fx=1'],
        ['DELETE', `accounts/${'x'.repeat(129)}`],
        ['DELETE', 'triggers/a%2Fb'],
      ),
    ).toEqual(['account id required', odd, odd, odd, odd.replace('account', 'trigger')]);
    expect(app.stub.calls).toEqual([]);
  });
});
