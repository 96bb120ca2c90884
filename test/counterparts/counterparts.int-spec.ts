import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Counterparts } from './counterparts.fixture.js';

const redirectUri = 'http://127.0.0.1:9/callback';

describe('the counterparts of the OAuth tests', () => {
  let counterparts: Counterparts;
  beforeAll(async () => {
    counterparts = await Counterparts.start();
  });
  afterAll(() => counterparts.stop());

  test('a client registers, gets a token for the resource, uses it, and a used refresh token ends the grant', async () => {
    const clientId = await register();
    const verifier = randomBytes(32).toString('base64url');
    const callback = await counterparts.approve(authorizationUrl(clientId, verifier));
    expect(callback.searchParams.get('iss')).toBe(counterparts.issuer);
    const code = callback.searchParams.get('code') ?? '';
    const first = await token({
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: redirectUri,
      client_id: clientId,
    });
    expect(await listTools(String(first.body.access_token))).toEqual(['whoami', 'list_notes']);

    const refresh = {
      grant_type: 'refresh_token',
      refresh_token: String(first.body.refresh_token),
      client_id: clientId,
    };
    const second = await token(refresh);
    expect(second.status).toBe(200);
    expect((await token(refresh)).body.error).toBe('invalid_grant');
    const rotated = { ...refresh, refresh_token: String(second.body.refresh_token) };
    expect((await token(rotated)).body.error).toBe('invalid_grant');
    expect(await counterparts.stats()).toMatchObject({ registrations: 1, codeGrants: 1, refreshes: 3 });
  });

  test('without a token the MCP server says where its metadata is', async () => {
    const answer = await fetch(counterparts.mcpUrl, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('/.well-known/oauth-protected-resource/mcp');
  });

  test('an ordered fault meets one token request', async () => {
    await counterparts.order({ status: 503, headers: { 'retry-after': '7' } });
    expect((await token({ grant_type: 'refresh_token' })).status).toBe(503);
    expect((await token({ grant_type: 'refresh_token' })).status).toBe(400);
  });

  async function register(): Promise<string> {
    const metadata = {
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
      application_type: 'native',
    };
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${counterparts.issuer}/reg`, {
      method: 'POST',
      headers,
      body: JSON.stringify(metadata),
    });
    return ((await answer.json()) as { client_id: string }).client_id;
  }

  function authorizationUrl(clientId: string, verifier: string): string {
    const url = new URL(`${counterparts.issuer}/auth`);
    url.search = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: 'mcp:tools',
      resource: counterparts.mcpUrl,
      state: 'state',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString();
    return url.href;
  }

  async function token(form: Record<string, string>): Promise<{ status: number; body: Record<string, unknown> }> {
    const answer = await fetch(`${counterparts.issuer}/token`, { method: 'POST', body: new URLSearchParams(form) });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }

  async function listTools(accessToken: string): Promise<string[]> {
    const answer = await fetch(counterparts.mcpUrl, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${accessToken}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2025-11-25',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    });
    const body = (await answer.json()) as { result?: { tools: { name: string }[] } };
    return body.result?.tools.map(({ name }) => name) ?? [];
  }
});
