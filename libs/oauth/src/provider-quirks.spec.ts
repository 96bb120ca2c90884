import { describe, expect, it } from 'vitest';
import type { OauthClient } from './index.js';
import { client, exchange, failure, grant } from './token-calls.fixture.js';

describe('providers that differ', () => {
  it('Slack: the token of a person is under authed_user when only user scopes were granted', async () => {
    const authed_user = { id: 'U1', access_token: 'xoxp-1', token_type: 'user', scope: 'search:read,users:read' };
    const { tokens } = await exchange({ ok: true, app_id: 'A1', authed_user }, { provider: 'slack' });
    expect([tokens.accessToken.reveal(), tokens.grantedScopes]).toEqual(['xoxp-1', 'search:read users:read']);
  });

  it('Slack: the token of the bot is taken when there is one', async () => {
    const answer = {
      ok: true,
      access_token: 'xoxb-1',
      token_type: 'bot',
      scope: 'chat:write',
      authed_user: { id: 'U1' },
    };
    expect((await exchange(answer, { provider: 'slack' })).tokens.accessToken.reveal()).toBe('xoxb-1');
  });

  it('Slack: ok: false is a failure with status 200', async () => {
    const error = await failure(exchange({ ok: false, error: 'invalid_code' }, { provider: 'slack' }));
    expect(error).toMatchObject({ kind: 'definitive', errorCode: 'invalid_grant' });
    expect(error.reason).toContain('invalid_code');
  });

  it('GitHub: an error is a failure with status 200', async () => {
    const answer = { error: 'bad_verification_code', error_description: 'The code is incorrect or expired.' };
    const error = await failure(exchange(answer, { provider: 'github' }));
    expect(error).toMatchObject({ kind: 'definitive', errorCode: 'invalid_grant' });
    expect(error.reason).toContain('incorrect or expired');
  });

  it('Notion: the exchange is JSON with Basic, and there need be no expiry and no refresh token', async () => {
    const notion: OauthClient = { ...client, authMethod: 'client_secret_basic' };
    const { tokens, web } = await exchange(
      { access_token: 'ntn_1', token_type: 'bearer', refresh_token: null },
      { provider: 'notion', client: notion },
    );
    expect(web.last.headers.get('content-type')).toBe('application/json');
    expect(JSON.parse(web.last.body)).toMatchObject({ grant_type: 'authorization_code', code: grant.code });
    expect(web.last.headers.get('authorization')).toMatch(/^Basic /);
    expect(tokens).toMatchObject({ refreshToken: null, expiresAt: null });
  });
});
