import { describe, expect, it } from 'vitest';
import { importedServer } from './crew-blob-servers.js';

describe('servers of a legacy blob', () => {
  it.each([
    ['a command', { command: 'npx' }, 'stdio'],
    ['type http', { type: 'http', url: 'https://example.com' }, 'streamable-http'],
    ['the transport by name', { transport: 'streamable-http', url: 'https://example.com' }, 'streamable-http'],
    ['neither command nor URL', {}, 'streamable-http'],
    ['a URL alone, which no command could start', { url: 'https://example.com' }, 'streamable-http'],
    ['a command beside a URL', { command: 'npx', url: 'https://example.com' }, 'stdio'],
  ])('reads %s as its transport', (_case, server, transport) => {
    expect(importedServer('a', server).transport).toBe(transport);
  });

  it('keeps arguments, environment and headers, and makes a name for people', () => {
    const server = { command: 'npx', args: ['-y'], env: { A: 'b' }, headers: { 'X-Team': 'x' } };
    expect(importedServer('github-mcp server', server)).toMatchObject({
      displayName: 'Github Mcp Server',
      argsJson: '["-y"]',
      envJson: '{"A":"b"}',
      configJson: '{"headers":{"X-Team":"x"}}',
    });
  });
});
