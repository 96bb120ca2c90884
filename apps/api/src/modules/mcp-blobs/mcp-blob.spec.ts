import { describe, expect, it } from 'vitest';
import { maskBlob, parseBlob, unmaskBlob } from './mcp-blob.js';

const blob = (env: Record<string, string>) => JSON.stringify({ mcpServers: { a: { command: 'npx', env } } });

describe('mcp_config_json texts', () => {
  it('shows secrets as ***, and everything else as it was written', () => {
    expect(maskBlob(blob({ API_TOKEN: 'canary', REGION: 'eu' }))).toBe(blob({ API_TOKEN: '***', REGION: 'eu' }));
    const plain = '{ "mcpServers" : {"a":{"env":{"T_TOKEN":"{{credential:x}}"}}} }';
    expect(maskBlob(plain)).toBe(plain);
  });

  it('finds secrets by their form wherever they stand', () => {
    const token = 'ghp_canary0123456789abcdefghijklmnopqrst';
    const text = JSON.stringify({ mcpServers: { a: { args: ['--with', token], deep: [{ note: token }] } } });
    expect(maskBlob(text)).not.toContain('canary');
  });

  it('keeps the value of the same place for ***, and refuses *** where there was none', () => {
    const stored = blob({ API_TOKEN: 'kept' });
    expect(unmaskBlob(blob({ API_TOKEN: '***', B: 'new' }), stored)).toBe(blob({ API_TOKEN: 'kept', B: 'new' }));
    expect(() => unmaskBlob(blob({ OTHER: '***' }), stored)).toThrow('mcp_config_json.mcpServers.a.env.OTHER is ***');
    expect(() => unmaskBlob(blob({ API_TOKEN: '***' }), null)).toThrow('there is no earlier value');
  });

  it.each([
    ['text', 'mcp_config_json is not valid JSON'],
    ['null', 'must contain a "mcpServers" object'],
    ['{"mcpServers":[]}', 'must contain a "mcpServers" object'],
    ['{"mcpServers":{"a":1}}', 'the server "a" must be an object'],
    ['{"mcpServers":{" ":{}}}', 'a server whose name is blank'],
  ])('refuses %s', (text, reason) => {
    expect(() => parseBlob(text)).toThrow(reason);
  });
});
