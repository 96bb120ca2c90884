import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Secret, type WorkspaceScope } from '#kernel';
import { type AuthorizationServer, authorizationServerOfProvider } from '#oauth';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { OauthClientsService } from '../../../apps/api/src/modules/oauth-servers/oauth-clients.service.js';
import { OauthDiscoveryService } from '../../../apps/api/src/modules/oauth-servers/oauth-discovery.service.js';
import { type FakeAuthorizationServer, startAuthorizationServer } from './authorization-server.fixture.js';

const env = {
  EGRESS_ALLOW: '127.0.0.1',
  PUBLIC_URL: 'https://crewship.example.com',
  // Both processes read what either sealed.
  ENCRYPTION_KEY: '5a'.repeat(32),
};
const callback = 'https://crewship.example.com/api/v1/oauth/callback';

describe('us as a client of authorization servers', () => {
  let test: TestApp;
  let replica: TestApp;
  let fake: FakeAuthorizationServer;
  let server: AuthorizationServer;
  let owner: SeededMember;

  beforeAll(async () => {
    test = await startTestApp({ env });
    replica = await startTestApp({ env, database: test.database });
    fake = await startAuthorizationServer();
    server = await test.app.get(OauthDiscoveryService, { strict: false }).discover(fake.mcpUrl);
  });
  beforeEach(async () => {
    owner = await test.seed.workspace();
    fake.registrations.length = 0;
    fake.registered = {};
  });
  afterAll(async () => {
    await replica.close();
    await test.close();
    await fake.close();
  });

  const scopeOf = ({ workspaceId, userId }: SeededMember): WorkspaceScope => ({
    workspaceId,
    role: 'OWNER',
    capabilities: [],
    revision: 0n,
    actor: { kind: 'user', userId, email: null, tokenId: null, sessionId: null, tokenScopes: null },
    origin: { ip: null, userAgent: null, requestId: 'test' },
  });
  const clients = (app: TestApp) => app.app.get(OauthClientsService, { strict: false });
  const clientFor = (app = test, member = owner, of = server, redirectUri = callback) =>
    clients(app).clientFor(scopeOf(member), of, redirectUri);
  const rows = () => test.prisma.client.oauthClient.findMany({ where: { workspaceId: owner.workspaceId } });

  it('is registered once and then known, with an audit row', async () => {
    expect(await clientFor()).toEqual({
      clientId: 'client-1',
      clientSecret: null,
      authMethod: 'none',
      origin: 'dynamic',
      secretExpiresAt: null,
    });
    expect(await clientFor()).toMatchObject({ clientId: 'client-1' });
    expect(fake.registrations).toMatchObject([{ client_name: 'Crewship', redirect_uris: [callback] }]);
    const where = { workspaceId: owner.workspaceId, action: 'oauth_client.register' };
    expect(await test.prisma.client.auditLog.count({ where })).toBe(1);
  });

  it('is registered once for all who ask at the same time, and two processes end with one row', async () => {
    const found = await Promise.all([clientFor(), clientFor(), clientFor(replica), clientFor(replica)]);
    expect(new Set(found.map((client) => client?.clientId)).size).toBe(1);
    expect(await rows()).toMatchObject([{ clientId: found[0]?.clientId, issuer: fake.origin, origin: 'dynamic' }]);
    expect(fake.registrations.length).toBeLessThanOrEqual(2);
  });

  it('that lost the race of two processes is ended at the server', async () => {
    const management = {
      registration_access_token: 'canary-manage',
      registration_client_uri: `${fake.origin}/register/x`,
    };
    fake.registered = management;
    fake.asked.length = 0;
    await Promise.all([clientFor(), clientFor(replica)]);
    const ended = fake.asked.filter((each) => each === 'DELETE /register/x');
    expect(ended).toHaveLength(fake.registrations.length - 1);
    expect(fake.registrations).toHaveLength(2);
  });

  it('is another one for another issuer, redirect URI and workspace', async () => {
    const stranger = await test.seed.workspace();
    await clientFor();
    await clientFor(test, owner, server, 'http://127.0.0.1:4000/cb');
    await clientFor(test, owner, { ...server, issuer: 'https://other.example' });
    await clientFor(test, stranger);
    expect(fake.registrations).toHaveLength(4);
    expect(fake.registrations[1]).toMatchObject({ application_type: 'native' });
  });

  it('is registered anew when its secret has expired, in the same row', async () => {
    const inAnHour = Math.floor(test.clock.now().getTime() / 1000) + 3600;
    fake.registered = { client_secret: 'canary-dynamic', client_secret_expires_at: inAnHour };
    const confidential: AuthorizationServer = { ...server, tokenAuthMethods: ['client_secret_basic'] };
    const first = await clientFor(test, owner, confidential);
    expect(first?.clientSecret?.reveal()).toBe('canary-dynamic');
    expect((await clientFor(test, owner, confidential))?.clientSecret?.reveal()).toBe('canary-dynamic');
    expect(JSON.stringify(await rows())).not.toContain('canary');
    test.clock.advanceMs(3_600_000);
    fake.registered = { client_secret: 'canary-next', client_secret_expires_at: 0 };
    expect(await clientFor(test, owner, confidential)).toMatchObject({ clientId: 'client-2' });
    expect(await rows()).toMatchObject([{ clientId: 'client-2', secretExpiresAt: null }]);
  });

  it('that somebody registered by hand comes before everything, sealed, and can be changed', async () => {
    const give = (clientId: string, plain: string) =>
      clients(test).clientFor(scopeOf(owner), { ...server, clientIdMetadataDocumentSupported: true }, callback, {
        clientId,
        clientSecret: new Secret(plain),
      });
    await clientFor();
    expect(await give('mine', 'canary-given')).toMatchObject({ clientId: 'mine', authMethod: 'client_secret_basic' });
    const known = await clientFor(replica);
    expect([known?.clientId, known?.clientSecret?.reveal()]).toEqual(['mine', 'canary-given']);
    await give('mine', 'canary-given');
    await give('mine', 'canary-new');
    expect((await clientFor())?.clientSecret?.reveal()).toBe('canary-new');
    expect(JSON.stringify(await rows())).not.toContain('canary');
    const where = { workspaceId: owner.workspaceId, action: 'oauth_client.register' };
    expect(await test.prisma.client.auditLog.count({ where })).toBe(3);
  });

  it('is our metadata document where the server takes it, and only for our own callback', async () => {
    const modern = { ...server, clientIdMetadataDocumentSupported: true };
    const clientId = 'https://crewship.example.com/api/v1/oauth/client-metadata.json';
    expect(await clientFor(test, owner, modern)).toMatchObject({ clientId, clientSecret: null, origin: 'metadata' });
    expect(await rows()).toEqual([]);
    expect(await clientFor(test, owner, modern, 'http://127.0.0.1:4000/cb')).toMatchObject({ clientId: 'client-1' });
  });

  it('has to be asked of the user where nothing else is left', async () => {
    expect(await clientFor(test, owner, authorizationServerOfProvider('github'))).toBeNull();
  });
});

describe('an instance that nobody outside can reach', () => {
  it.each(['http://localhost:8080', 'https://crewship.internal', 'https://10.0.0.5', 'https://crewship'])(
    'at %s does not pass for a metadata document',
    async (publicUrl) => {
      const test = await startTestApp({ env: { PUBLIC_URL: publicUrl } });
      const { workspaceId, userId } = await test.seed.workspace();
      const scope: WorkspaceScope = {
        workspaceId,
        role: 'OWNER',
        capabilities: [],
        revision: 0n,
        actor: { kind: 'user', userId, email: null, tokenId: null, sessionId: null, tokenScopes: null },
        origin: { ip: null, userAgent: null, requestId: 'test' },
      };
      const server = { ...authorizationServerOfProvider('github'), clientIdMetadataDocumentSupported: true };
      const clients = test.app.get(OauthClientsService, { strict: false });
      expect(await clients.clientFor(scope, server, `${publicUrl}/api/v1/oauth/callback`)).toBeNull();
      await test.close();
    },
  );
});
