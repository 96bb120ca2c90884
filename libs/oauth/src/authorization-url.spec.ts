import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type AuthorizationRequest, authorizationUrl, type ProviderKey, providers } from './index.js';

const request: AuthorizationRequest = {
  authorizationEndpoint: 'https://as.example.com/authorize?tenant=7',
  clientId: 'client',
  redirectUri: 'https://us.example/cb',
  state: 'the-state',
  codeVerifier: 'v'.repeat(43),
  scopes: 'read write',
  resource: 'https://mcp.example.com/mcp',
  provider: null,
};

async function parametersOf(changes: Partial<AuthorizationRequest> = {}): Promise<Record<string, string>> {
  return Object.fromEntries(new URL(await authorizationUrl({ ...request, ...changes })).searchParams);
}

function of(provider: ProviderKey, scopes: string): Partial<AuthorizationRequest> {
  return { provider, scopes, authorizationEndpoint: providers[provider].authorizationEndpoint };
}

describe('the URL that a person is sent to', () => {
  it('row 18: carries the resource, the S256 challenge of the verifier and nothing of Google’s', async () => {
    expect(await parametersOf()).toEqual({
      tenant: '7',
      response_type: 'code',
      client_id: 'client',
      redirect_uri: 'https://us.example/cb',
      state: 'the-state',
      code_challenge: createHash('sha256').update(request.codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
      scope: 'read write',
      resource: 'https://mcp.example.com/mcp',
    });
  });

  it('does not let the endpoint’s own query speak for us', async () => {
    const authorizationEndpoint = 'https://as.example.com/authorize?state=fixed&code_challenge_method=plain';
    expect(await parametersOf({ authorizationEndpoint })).toMatchObject({
      state: 'the-state',
      code_challenge_method: 'S256',
    });
  });

  it.each([null, '', '  '])('leaves the scope out when it is %p', async (scopes) => {
    expect(await parametersOf({ scopes, resource: null })).not.toHaveProperty('scope');
  });

  it('asks for consent with offline_access, without which OpenID providers ignore it', async () => {
    expect(await parametersOf({ scopes: 'read offline_access' })).toMatchObject({ prompt: 'consent' });
  });

  it('has the offline parameters for Google only', async () => {
    expect(await parametersOf(of('google', 'a b'))).toMatchObject({
      access_type: 'offline',
      prompt: 'consent',
      scope: 'a b',
    });
    for (const key of ['github', 'gitlab', 'linear', 'microsoft', 'slack', 'stripe', 'cloudflare', 'notion'] as const) {
      expect(await parametersOf(of(key, 'a'))).not.toHaveProperty('access_type');
    }
  });

  it('separates scopes as the provider wants, and adds the one for refresh tokens', async () => {
    expect(await parametersOf(of('slack', 'a b'))).toMatchObject({ scope: 'a,b' });
    expect(await parametersOf(of('linear', 'read write'))).toMatchObject({ scope: 'read,write' });
    const microsoft = await parametersOf(of('microsoft', 'Mail.Read'));
    expect(microsoft).toMatchObject({ scope: 'Mail.Read offline_access' });
    expect(microsoft).not.toHaveProperty('resource');
  });
});
