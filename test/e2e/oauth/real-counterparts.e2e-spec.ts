import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSecureEndpoint, Egress, EgressPolicy } from '#egress';
import { raise } from '#kernel';
import { authorizationUrl, discoverServer, exchangeCode, readCallback, refreshTokens, registerClient } from '#oauth';
import { Counterparts } from '../../counterparts/counterparts.fixture.js';

describe('the whole protocol with a certified authorization server', () => {
  const egress = new Egress(EgressPolicy.parse('127.0.0.1'));
  let counterparts: Counterparts;

  beforeAll(async () => {
    counterparts = await Counterparts.start();
  });
  afterAll(async () => {
    await counterparts.stop();
    await egress.close();
  });

  it('goes from the URL of a protected MCP server to refreshed tokens, and row 18: each request names the resource', async () => {
    const fetch = egress.fetcher({ purpose: 'spec' });
    const allowed = (url: string) => checkSecureEndpoint(url, egress.policy).ok;
    const server = await discoverServer(new URL(counterparts.mcpUrl), { fetch, allowed });
    expect(server).toMatchObject({ issuer: counterparts.issuer, resource: counterparts.mcpUrl, pkceS256: true });
    const redirectUri = 'http://127.0.0.1:4000/cb';
    const client = await registerClient(server, { redirectUris: [redirectUri], scope: null, clientUri: null }, fetch);
    const codeVerifier = 'v'.repeat(43);
    const { issuer, resource, authorizationEndpoint, tokenEndpoint, provider, issParameterSupported } = server;
    const { clientId } = client;
    const state = 'the-state';
    const scopes = server.scopes.join(' ');
    const question = { authorizationEndpoint, clientId, redirectUri, state, codeVerifier, scopes, resource, provider };
    const back = await counterparts.approve(await authorizationUrl(question));
    const answer = readCallback(back.searchParams, { issuer, issRequired: issParameterSupported, state, clientId });
    const endpoint = { issuer, tokenEndpoint, provider };
    const by = { fetch, now: new Date() };
    const code = answer.ok ? answer.code : '';
    const tokens = await exchangeCode(endpoint, client, { code, redirectUri, codeVerifier, resource }, by);
    const refreshToken = tokens.refreshToken ?? raise(new Error('no refresh token'));
    const refreshed = await refreshTokens(endpoint, client, { refreshToken, resource }, by);
    expect(refreshed.accessToken.reveal()).not.toBe(tokens.accessToken.reveal());
    const { requests } = await counterparts.stats();
    const seen = { resource, clientAuth: 'none' };
    expect(requests).toMatchObject([
      { ...seen, grantType: 'authorization_code', hasVerifier: true },
      { ...seen, grantType: 'refresh_token' },
    ]);
  });
});
