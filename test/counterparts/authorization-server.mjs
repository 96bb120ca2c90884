// A certified authorization server (npm `oidc-provider`) on loopback: dynamic registration, Client ID Metadata Documents,
// PKCE, resource indicators, refresh rotation with reuse detection. Everything is kept in memory.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';
import { answerControl, TokenLedger } from './token-ledger.mjs';

const account = 'alice@example.com';

/**
 * @param {{ resource: () => string, accessTokenTtlSeconds?: number, dynamicRegistration?: boolean, clients?: object[] }} options
 */
export async function startAuthorizationServer(options) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration(options));
  const ledger = new TokenLedger();
  const handle = provider.callback();
  server.on('request', async (request, response) => {
    const { pathname } = new URL(request.url, issuer);
    if (pathname.startsWith('/_test/')) return answerControl(ledger, request, response);
    if (pathname.startsWith('/interaction/')) return interact(provider, request, response);
    if (pathname === '/reg') ledger.registrations += 1;
    if (pathname === '/token' && (await ledger.intercept(request, response))) return;
    return handle(request, response);
  });
  return { issuer, jwksUri: `${issuer}/jwks`, stop: () => stopServer(server) };
}

function configuration({ resource, accessTokenTtlSeconds = 3600, dynamicRegistration = true, clients = [] }) {
  return {
    clients,
    scopes: ['openid', 'offline_access'],
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post'],
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      registration: { enabled: dynamicRegistration },
      clientIdMetadataDocument: { enabled: true, ack: 'draft-02' },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource(),
        useGrantedResource: () => true,
        getResourceServerInfo: (_, indicator) => {
          if (indicator !== resource()) throw Object.assign(new Error('invalid_target'), { error: 'invalid_target' });
          return {
            scope: 'mcp:tools',
            audience: indicator,
            accessTokenTTL: accessTokenTtlSeconds,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'RS256' } },
          };
        },
      },
    },
    issueRefreshToken: (_, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    ttl: { AccessToken: accessTokenTtlSeconds, RefreshToken: 86_400, Grant: 86_400, Session: 3600, Interaction: 600 },
  };
}

async function interact(provider, request, response) {
  const interaction = await provider.interactionDetails(request, response);
  if (request.method !== 'POST') return page(response, interaction);
  const denied = new URL(request.url, 'http://x').pathname.endsWith('/deny');
  const result = denied
    ? { error: 'access_denied', error_description: 'The person said no.' }
    : { login: { accountId: account }, consent: { grantId: await grantFor(provider, interaction) } };
  return provider.interactionFinished(request, response, result);
}

async function grantFor(provider, { params, session }) {
  const grant = new provider.Grant({ accountId: session?.accountId ?? account, clientId: params.client_id });
  if (params.scope) grant.addOIDCScope(params.scope);
  for (const resource of [params.resource ?? []].flat()) grant.addResourceScope(resource, 'mcp:tools');
  return grant.save();
}

function page(response, { uid, params }) {
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(`<!doctype html><html lang="en"><title>Allow access?</title><link rel="icon" href="data:,">
<main style="font:16px system-ui;max-width:32rem;margin:4rem auto">
<h1>Allow access to your tools?</h1><p>A client asks for access to <b>${escaped(params.resource ?? 'your account')}</b>.</p>
<form method="post" action="/interaction/${uid}/approve"><button id="approve">Approve</button></form>
<form method="post" action="/interaction/${uid}/deny"><button id="deny">Deny</button></form></main>`);
}

function escaped(text) {
  return String(text).replace(/[&<>"]/g, (each) => `&#${each.codePointAt(0)};`);
}

async function stopServer(server) {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
