import { describe, expect, it } from 'vitest';
import { Secret } from '#kernel';
import { type FakeAnswer, FakeWeb } from './fake-web.fixture.js';
import {
  type AuthorizationServer,
  authorizationServerOfProvider,
  deleteClient,
  registerClient,
  type TokenAuthMethod,
} from './index.js';

const registrationEndpoint = 'https://as.example.com/register';
const metadata = { redirectUris: ['https://us.example/cb'], scope: null, clientUri: 'https://us.example' };

function serverWith(
  tokenAuthMethods: TokenAuthMethod[],
  endpoint: string | null = registrationEndpoint,
): AuthorizationServer {
  const known = authorizationServerOfProvider('gitlab');
  return { ...known, tokenEndpoint: 'https://as.example.com/token', registrationEndpoint: endpoint, tokenAuthMethods };
}

async function register(
  answer: FakeAnswer,
  methods: TokenAuthMethod[] = ['none'],
  redirectUri = 'https://us.example/cb',
) {
  const web = new FakeWeb({ [registrationEndpoint]: answer });
  const client = await registerClient(serverWith(methods), { ...metadata, redirectUris: [redirectUri] }, web.fetch);
  const sent: unknown = JSON.parse(web.last.body);
  return { client, sent };
}

describe('ending a registration', () => {
  const uri = 'https://as.example.com/register/c1';
  const end = (answer: FakeAnswer) => {
    const web = new FakeWeb({ [uri]: answer });
    return { web, ended: deleteClient({ uri, token: new Secret('canary-manage') }, web.fetch) };
  };

  it('shows the token that came with it, to its own address only', async () => {
    const { web, ended } = end(new Response(null, { status: 204 }));
    await ended;
    expect(web.asked).toEqual([`DELETE ${uri}`]);
    expect(web.last.headers.get('authorization')).toBe('Bearer canary-manage');
  });

  it.each([401, 404])('is done where the server answers %i: it does not know it any more', async (status) => {
    await expect(end(new Response(null, { status })).ended).resolves.toBeUndefined();
  });

  it.each([
    ['refuses', new Response(null, { status: 403 })],
    ['is away', FakeWeb.unreachable()],
  ])('fails without the token in its words where the server %s', async (_case, answer) => {
    const error: unknown = await end(answer).ended.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'oauth_server.registration_failed' });
    expect(String(error)).not.toContain('canary');
  });
});

describe('dynamic registration', () => {
  it('says who we are, and asks for refresh tokens', async () => {
    const { client, sent } = await register(Response.json({ client_id: 'c1' }, { status: 201 }));
    expect(sent).toEqual({
      client_name: 'Crewship',
      client_uri: 'https://us.example',
      redirect_uris: ['https://us.example/cb'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      application_type: 'web',
    });
    expect(client).toEqual({
      clientId: 'c1',
      clientSecret: null,
      authMethod: 'none',
      secretExpiresAt: null,
      management: null,
    });
  });

  it.each([
    [['client_secret_post', 'client_secret_basic', 'none'], 'none'],
    [['client_secret_post', 'client_secret_basic'], 'client_secret_basic'],
    [['client_secret_post'], 'client_secret_post'],
  ] as const)('of what the server takes (%p) it wants %s', async (methods, wanted) => {
    expect((await register({ client_id: 'c1' }, [...methods])).sent).toMatchObject({
      token_endpoint_auth_method: wanted,
    });
  });

  it.each(['http://127.0.0.1:4000/cb', 'http://[::1]/cb', 'com.example.app:/cb'])(
    '%s makes a native app',
    async (uri) => {
      expect((await register({ client_id: 'c1' }, ['none'], uri)).sent).toMatchObject({ application_type: 'native' });
    },
  );

  it('uses the secret as the server says, and knows when it ends', async () => {
    const answer = {
      client_id: 'c1',
      client_secret: 'sss',
      client_secret_expires_at: 1_800_000_000,
      token_endpoint_auth_method: 'client_secret_post',
    };
    const { client } = await register(Response.json(answer, { status: 201 }), ['client_secret_basic']);
    expect(client).toMatchObject({ authMethod: 'client_secret_post', secretExpiresAt: new Date(1_800_000_000_000) });
    expect(client.clientSecret?.reveal()).toBe('sss');
  });

  it('takes status 200, a missing expiry, and one of 0, for a secret that stays', async () => {
    for (const expiry of [{}, { client_secret_expires_at: 0 }]) {
      const { client } = await register({ client_id: 'c1', client_secret: 'sss', ...expiry }, ['client_secret_basic']);
      expect(client).toMatchObject({ authMethod: 'client_secret_basic', secretExpiresAt: null });
    }
  });

  it('takes a secret that it did not ask for', async () => {
    const { client } = await register({ client_id: 'c1', client_secret: 'sss' }, ['none']);
    expect(client.authMethod).toBe('client_secret_basic');
  });

  it.each([
    [
      'refused',
      Response.json({ error: 'invalid_redirect_uri', error_description: 'web only' }, { status: 400 }),
      'registration_refused',
      'invalid_redirect_uri, web only',
    ],
    ['forbidden', new Response('no', { status: 403 }), 'registration_refused', 'status 403'],
    ['overloaded', new Response('no', { status: 503 }), 'registration_failed', 'status 503'],
    ['no JSON', new Response('<html>'), 'registration_failed', 'no client id'],
    ['nobody', FakeWeb.unreachable(), 'registration_failed', 'no answer'],
  ])('that ends in %s says so', async (_case, answer, code, words) => {
    const call = register(answer);
    await expect(call).rejects.toMatchObject({ code: `oauth_server.${code}` });
    await expect(call).rejects.toThrow(words);
  });

  it('is not tried where it is not offered, or none of our methods is taken', async () => {
    const web = new FakeWeb();
    for (const server of [serverWith(['none'], null), serverWith([])]) {
      const call = registerClient(server, metadata, web.fetch);
      await expect(call).rejects.toMatchObject({ code: 'oauth_server.registration_unsupported' });
    }
    expect(web.requests).toEqual([]);
  });
});
