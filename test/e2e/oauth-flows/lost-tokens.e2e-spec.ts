import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { type FakeAuthorizationServer, startAuthorizationServer } from '../oauth/authorization-server.fixture.js';
import { FlowBrowserCalls, problemOf } from './flow-calls.fixture.js';

describe('tokens that were issued and cannot be stored', () => {
  let test: TestApp;
  let fake: FakeAuthorizationServer;
  let owner: SeededMember;
  let mine: FlowBrowserCalls;

  beforeAll(async () => {
    fake = await startAuthorizationServer();
    test = await startTestApp({ env: { EGRESS_ALLOW: '127.0.0.1', PUBLIC_URL: 'https://crewship.example.com' } });
  });
  afterAll(async () => {
    await test.close();
    await fake.close();
  });
  beforeEach(async () => {
    fake.metadata = {};
    fake.revocations.length = 0;
    fake.beforeTokens = async () => undefined;
    owner = await test.seed.workspace();
    mine = new FlowBrowserCalls(test, owner);
  });

  const credential = (values: object = {}) =>
    test.seed.credential(owner.workspaceId, {
      type: 'OAUTH2',
      status: 'PENDING',
      oauthClientId: 'client-one',
      oauthAuthUrl: `${fake.origin}/authorize`,
      oauthTokenUrl: `${fake.origin}/token`,
      oauthIssuer: fake.origin,
      oauthResource: fake.mcpUrl,
      ...values,
    });
  const remove = (path: string) =>
    test.call(`${path}?workspace_id=${owner.workspaceId}`, { method: 'DELETE', token: owner.token });
  const finish = (state: string) => mine.post('/api/v1/oauth/finish', { state, code: 'x', iss: fake.origin });
  const told = async () => {
    const where = { workspaceId: owner.workspaceId, action: 'oauth.tokens_lost' };
    return (await test.prisma.client.auditLog.findMany({ where })).map(({ metadata }) => metadata);
  };

  it('are revoked where they came from, and the flow’s failure says so', async () => {
    const id = await credential();
    const started = await mine.initiate(id);
    fake.beforeTokens = () => remove(`/api/v1/credentials/${id}`);
    expect(await problemOf(await finish(started.state))).toMatchObject({ status: 404, code: 'oauth.credential_gone' });
    expect(fake.revocations.map((form) => form.get('token')?.replace(/\d+$/, ''))).toEqual([
      'canary-refresh-',
      'canary-access-',
    ]);
    expect(await mine.flow(started.flow_id)).toMatchObject({
      status: 'failed',
      failure: {
        code: 'oauth.credential_gone',
        issued_tokens: 'revoked',
        message: expect.stringContaining('given back'),
      },
    });
    expect(await told()).toMatchObject([{ outcome: 'revoked', failureCode: 'oauth.credential_gone' }]);
  });

  it('are revoked too when the flow was called off, which the audit log tells', async () => {
    const started = await mine.initiate(await credential());
    fake.beforeTokens = () => remove(`/api/v1/oauth/flows/${started.flow_id}`);
    expect((await problemOf(await finish(started.state))).code).toBe('oauth.cancelled');
    expect(fake.revocations).toHaveLength(2);
    expect(await told()).toMatchObject([{ outcome: 'revoked', flowId: started.flow_id }]);
  });

  it('are revoked too when somebody revoked the credential while its code was exchanged', async () => {
    const id = await credential({ oauthResource: fake.mcpUrl });
    const started = await mine.initiate(id);
    fake.beforeTokens = () => mine.post(`/api/v1/credentials/${id}/revoke`, undefined);
    expect((await problemOf(await finish(started.state))).code).toBe('oauth.revoked_meanwhile');
    expect(fake.revocations).toHaveLength(2);
    const row = await test.prisma.client.credential.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ status: 'REVOKED', sealedValue: null });
  });

  it('are left alone where earlier access would end with them', async () => {
    const started = await mine.initiate(await credential({ status: 'ACTIVE' }));
    fake.beforeTokens = () => remove(`/api/v1/oauth/flows/${started.flow_id}`);
    await finish(started.state);
    expect(fake.revocations).toEqual([]);
    expect(await told()).toMatchObject([{ outcome: 'kept' }]);
  });

  it('are told of where the server takes none back', async () => {
    fake.metadata = { revocation_endpoint: undefined };
    const id = await credential();
    const started = await mine.initiate(id);
    fake.beforeTokens = () => remove(`/api/v1/credentials/${id}`);
    await finish(started.state);
    expect(await mine.flow(started.flow_id)).toMatchObject({
      failure: { issued_tokens: 'not_supported', message: expect.stringContaining('connected apps') },
    });
  });
});

describe('a code', () => {
  it('is not sent anywhere when the credential’s client or endpoints were changed since it was asked for', async () => {
    const fake = await startAuthorizationServer();
    const test = await startTestApp({ env: { EGRESS_ALLOW: '127.0.0.1' } });
    const owner = await test.seed.workspace();
    const mine = new FlowBrowserCalls(test, owner);
    const id = await test.seed.credential(owner.workspaceId, {
      type: 'OAUTH2',
      status: 'PENDING',
      oauthClientId: 'client-one',
      oauthAuthUrl: `${fake.origin}/authorize`,
      oauthTokenUrl: `${fake.origin}/elsewhere`,
    });
    const { state } = await mine.initiate(id);
    const json = { oauth_token_url: `${fake.origin}/token` };
    const changed = await test.call(`/api/v1/credentials/${id}?workspace_id=${owner.workspaceId}`, {
      method: 'PATCH',
      token: owner.token,
      json,
    });
    expect(changed.status).toBe(200);
    const refused = await problemOf(await mine.post('/api/v1/oauth/finish', { state, code: 'x' }));
    expect(refused).toMatchObject({ status: 400, code: 'oauth.configuration_changed' });
    expect(fake.tokenRequests).toEqual([]);
    await test.close();
    await fake.close();
  });
});
