import { describe, expect, it } from 'vitest';
import { checkSettings, normalizedDomains } from './crew-rules.js';

describe('the rules of crews', () => {
  it('stores domains in lower case and once', () => {
    expect(normalizedDomains(['Example.com', ' example.com', '*.Example.org'])).toEqual([
      'example.com',
      '*.example.org',
    ]);
  });

  it.each(['https://example.com', 'example', 'a..b.com', '*.*.com', '-a.com', ''])('takes %p for no domain', (name) => {
    expect(() => normalizedDomains(['example.com', name])).toThrow(`invalid domain: "${name}"`);
  });

  it('takes 0 for "default", and refuses sizes that no container could run in', () => {
    expect(() => checkSettings({ container_memory_mb: 0, container_cpus: 0 }, 'OWNER')).not.toThrow();
    expect(() => checkSettings({ container_memory_mb: 5 }, 'OWNER')).toThrow('container_memory_mb must be 0 or from 6');
    expect(() => checkSettings({ container_cpus: 0.001 }, 'OWNER')).toThrow('container_cpus must be 0 or from 0.01');
  });

  it('lets only who manages the workspace open private endpoints', () => {
    expect(() => checkSettings({ allow_private_endpoints: true }, 'MANAGER')).toThrow('Forbidden');
    expect(() => checkSettings({ allow_private_endpoints: true }, 'ADMIN')).not.toThrow();
    expect(() => checkSettings({ allow_private_endpoints: false }, 'MANAGER')).not.toThrow();
  });
});
