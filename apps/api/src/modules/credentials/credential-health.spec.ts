import { describe, expect, it } from 'vitest';
import { credentialState, type HealthFacts, reconnectUrl } from './credential-health.js';

const now = new Date('2026-11-22T12:00:00Z');
const past = new Date('2026-11-22T11:59:59Z');
const soon = new Date('2026-11-22T12:01:00Z');

const plain: HealthFacts = {
  type: 'API_KEY',
  status: 'ACTIVE',
  lastErrorClass: null,
  refreshFailures: 0,
  tokenExpiresAt: null,
  nextRefreshAt: null,
  oauthClientId: null,
  oauthAuthUrl: null,
};
const oauth: HealthFacts = {
  ...plain,
  type: 'OAUTH2',
  oauthClientId: 'c',
  oauthAuthUrl: 'https://as.example.com/auth',
};

describe('the state of a credential', () => {
  it.each<[string, HealthFacts, string]>([
    ['without an expiry works', plain, 'ok'],
    ['before its expiry works', { ...plain, tokenExpiresAt: soon }, 'ok'],
    ['at its expiry has expired', { ...plain, tokenExpiresAt: now }, 'expired'],
    ['marked expired has expired', { ...plain, status: 'EXPIRED' }, 'expired'],
    ['without a value waits', { ...oauth, status: 'PENDING' }, 'pending'],
    ['revoked stays revoked, expired or not', { ...plain, status: 'REVOKED', tokenExpiresAt: past }, 'revoked'],
    ['that failed its test is in error', { ...plain, status: 'ERROR' }, 'error'],
    ['that is limited will work again', { ...plain, status: 'RATE_LIMITED' }, 'backing_off'],
    ['of an unknown status is in error', { ...plain, status: 'ODD' }, 'error'],
    ['that renews itself later works', { ...oauth, tokenExpiresAt: soon, nextRefreshAt: soon }, 'ok'],
    ['whose renewal is due is due', { ...oauth, tokenExpiresAt: soon, nextRefreshAt: now }, 'refresh_due'],
    [
      'that expired before its next try waits for that',
      { ...oauth, tokenExpiresAt: past, nextRefreshAt: soon },
      'backing_off',
    ],
    [
      'whose provider was away backs off while its token lives',
      { ...oauth, tokenExpiresAt: soon, nextRefreshAt: soon, refreshFailures: 1 },
      'backing_off',
    ],
    [
      'whose provider was away backs off when its token is dead too',
      { ...oauth, tokenExpiresAt: past, nextRefreshAt: soon, refreshFailures: 2 },
      'backing_off',
    ],
    [
      'whose last test failed works while its renewals do',
      { ...oauth, tokenExpiresAt: soon, nextRefreshAt: soon, lastErrorClass: 'http_401' },
      'ok',
    ],
    [
      'whose next try has come is due again',
      { ...oauth, tokenExpiresAt: past, nextRefreshAt: past, refreshFailures: 2 },
      'refresh_due',
    ],
    [
      'that the provider refused needs a person',
      { ...oauth, status: 'EXPIRED', lastErrorClass: 'definitive' },
      'needs_reauth',
    ],
    ['that expired without a refresh token needs a person', { ...oauth, tokenExpiresAt: past }, 'needs_reauth'],
    [
      'that expired and has no flow configured has expired',
      { ...oauth, oauthAuthUrl: null, tokenExpiresAt: past },
      'expired',
    ],
  ])('%s', (_case, facts, state) => {
    expect(credentialState(facts, now)).toBe(state);
  });

  it('comes with a link for the person that it needs, and with none otherwise', () => {
    const links = (['needs_reauth', 'expired', 'ok'] as const).map((state) =>
      reconnectUrl('c1', state, 'https://us.example.com'),
    );
    expect(links).toEqual(['https://us.example.com/api/v1/oauth/reconnect/c1', null, null]);
  });
});
