import { describe, expect, it } from 'vitest';
import { findRedirectUriFault } from './redirect-uri-rules.js';

describe('a redirect URI', () => {
  it.each([
    'https://console.example.com/oauth/done?tab=1',
    'http://127.0.0.1:51004/callback',
    'http://[::1]/callback',
    'http://localhost:3000/',
    'com.example.app:/oauth',
  ])('may be %p', (uri) => {
    expect(findRedirectUriFault(uri)).toBeNull();
  });

  it.each([
    ['http://console.example.com/done', 'https'],
    ['http://127.0.0.1.evil.example/', 'https'],
    ['https://console.example.com/#done', 'fragment'],
    ['https://console.example.com/#', 'fragment'],
    ['https://user:pw@console.example.com/', 'credentials'],
    ['javascript:alert(1)', 'scheme'],
    ['data:text/html,x', 'scheme'],
    ['myapp:/oauth', 'scheme'],
    ['/relative', 'absolute'],
    ['https://console.example.com/ x', 'absolute'],
    ['https://console.example.com\\@evil.example', 'absolute'],
  ])('may not be %p', (uri, reason) => {
    expect(findRedirectUriFault(uri)).toContain(reason);
  });
});
