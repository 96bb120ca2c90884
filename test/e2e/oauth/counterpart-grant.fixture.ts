import { createHash, randomBytes } from 'node:crypto';
import type { Counterparts } from '../../counterparts/counterparts.fixture.js';

const redirectUri = 'http://127.0.0.1:9/callback';

/** A public client that the authorization server knows from the start. */
export const publicClient = {
  client_id: 'crewship-test',
  redirect_uris: [redirectUri],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  token_endpoint_auth_method: 'none',
  application_type: 'native',
};

/** A person's consent for {@link publicClient}: the refresh token of a new grant. */
export async function grantOf(counterparts: Counterparts): Promise<string> {
  const verifier = randomBytes(32).toString('base64url');
  const url = new URL(`${counterparts.issuer}/auth`);
  url.search = new URLSearchParams({
    client_id: publicClient.client_id,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'mcp:tools',
    resource: counterparts.mcpUrl,
    state: 'state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  const callback = await counterparts.approve(url.href);
  const answer = await fetch(`${counterparts.issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      code_verifier: verifier,
      redirect_uri: redirectUri,
      client_id: publicClient.client_id,
    }),
  });
  const tokens = (await answer.json()) as { refresh_token: string };
  return tokens.refresh_token;
}
