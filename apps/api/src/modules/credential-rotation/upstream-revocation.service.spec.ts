import { describe, expect, it } from 'vitest';
import { Egress, EgressPolicy } from '#egress';
import { Secret, SystemClock } from '#kernel';
import type { SealedCredential } from './rotated-credentials.repository.js';
import { UpstreamRevocationService } from './upstream-revocation.service.js';

const row: SealedCredential = {
  id: 'c1',
  workspaceId: 'w1',
  name: 'google',
  type: 'OAUTH2',
  status: 'ACTIVE',
  username: null,
  tokenExpiresAt: null,
  tokenVersion: 0,
  sealedValue: null,
  sealedPreviousValue: null,
  previousValueUntil: null,
  sealedRefreshToken: null,
  sealedOauthClientSecret: null,
  oauthClientId: 'client',
  oauthTokenUrl: null,
  oauthIssuer: null,
  oauthResource: null,
  oauthProvider: 'google',
  oauthTokenAuthMethod: null,
};

function tokens(kinds: { access?: boolean; refresh?: boolean } = { access: true, refresh: true }) {
  return {
    client: {
      clientId: 'client',
      clientSecret: new Secret('canary-client'),
      authMethod: 'client_secret_post' as const,
    },
    accessToken: kinds.access ? new Secret('canary-access') : null,
    refreshToken: kinds.refresh ? new Secret('canary-refresh') : null,
  };
}

// The authorization server's side: what it was sent, and what it says.
function serverThat(answers: () => Response) {
  const sent: [string, string | null, string | null][] = [];
  class Recorded extends Egress {
    override fetcher() {
      return async (input: string | URL | Request, init?: RequestInit) => {
        const request = new Request(input, init);
        const form = new URLSearchParams(await request.text());
        sent.push([request.url, form.get('token'), form.get('token_type_hint')]);
        return answers();
      };
    }
  }
  return { sent, service: new UpstreamRevocationService(new Recorded(EgressPolicy.strict), new SystemClock()) };
}

describe('revoking tokens where they were issued', () => {
  it('revokes the refresh token first, then the access token, at the provider’s endpoint', async () => {
    const { sent, service } = serverThat(() => new Response(null, { status: 200 }));
    expect(await service.revoke(row, tokens())).toEqual({ upstream: 'revoked', error: null });
    expect(sent).toEqual([
      ['https://oauth2.googleapis.com/revoke', 'canary-refresh', 'refresh_token'],
      ['https://oauth2.googleapis.com/revoke', 'canary-access', 'access_token'],
    ]);
  });

  it('knows the provider by its token endpoint too', async () => {
    const { sent, service } = serverThat(() => new Response(null, { status: 200 }));
    const byUrl = { ...row, oauthProvider: null, oauthTokenUrl: 'https://gitlab.com/oauth/token' };
    await service.revoke(byUrl, tokens({ access: true }));
    expect(sent.map(([url]) => url)).toEqual(['https://gitlab.com/oauth/revoke']);
  });

  it('reports a failure in a sentence without a secret, and never throws', async () => {
    const words = 'canary-refresh and canary-client were here';
    const { service } = serverThat(() => new Response(words, { status: 503 }));
    const outcome = await service.revoke(row, tokens());
    expect(outcome).toEqual({ upstream: 'failed', error: expect.any(String) });
    expect(JSON.stringify(outcome)).not.toContain('canary');
    const nowhere = { ...row, oauthProvider: null, oauthIssuer: 'https://as.example', oauthResource: 'no url' };
    expect(await service.revoke(nowhere, tokens())).toMatchObject({ upstream: 'failed' });
  });

  it('asks nobody where there is nothing to revoke, or no endpoint for it', async () => {
    const { sent, service } = serverThat(() => new Response(null, { status: 200 }));
    expect(await service.revoke(row, tokens({}))).toEqual({ upstream: 'nothing_to_revoke', error: null });
    const github = { ...row, oauthProvider: 'github' };
    expect(await service.revoke(github, tokens())).toEqual({ upstream: 'not_supported', error: null });
    expect(sent).toEqual([]);
  });
});
