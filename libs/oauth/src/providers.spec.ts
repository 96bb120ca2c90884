import { describe, expect, it } from 'vitest';
import { providerKeyOfEndpoint, providerKeyOfUrl, providerKeys, providerOfUrl, providers } from './index.js';

describe('the table of providers', () => {
  it('has the nine of the documentation, sorted', () => {
    expect(providerKeys).toEqual('cloudflare github gitlab google linear microsoft notion slack stripe'.split(' '));
  });

  it('names https endpoints only', () => {
    for (const key of providerKeys) {
      const { authorizationEndpoint, tokenEndpoint } = providers[key];
      expect([new URL(authorizationEndpoint).protocol, new URL(tokenEndpoint).protocol]).toEqual(['https:', 'https:']);
    }
  });

  it.each([
    ['https://github.com/x', 'github'],
    ['https://api.GITHUB.com./x', 'github'],
    ['https://gmail.googleapis.com/', 'google'],
    ['https://mcp.slack.com/mcp', 'slack'],
  ])('knows %s by its host', (url, key) => {
    expect(providerKeyOfUrl(new URL(url))).toBe(key);
  });

  it.each([
    'https://evil.example/?x=github.com',
    'https://evil.example/github.com',
    'https://github.com.evil.example/',
    'https://evilgithub.com/',
    'https://github.com@evil.example/',
  ])('does not take %s for a provider', (url) => {
    expect(providerOfUrl(new URL(url))).toBeNull();
  });

  it('holds the quirks of a provider at its own token endpoint only', () => {
    expect(providerKeyOfEndpoint('https://api.notion.com/v1/oauth/token')).toBe('notion');
    expect(providerKeyOfEndpoint('https://mcp.notion.com/token')).toBeNull();
  });
});
