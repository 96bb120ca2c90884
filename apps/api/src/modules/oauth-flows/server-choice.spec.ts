import { describe, expect, it } from 'vitest';
import { chooseServer, type NamedServer } from './server-choice.js';

const draft = { name: 'linear', endpoint: 'https://mcp.linear.app/mcp' };
const server = (values: Partial<NamedServer>): NamedServer => ({
  id: 'server',
  ...draft,
  visibility: 'auto',
  sameLevel: true,
  ...values,
});

describe('the server that a connection is for', () => {
  it('is a new one under the wished name where nothing has it', () => {
    expect(chooseServer(draft, [], false)).toEqual({ kind: 'new', name: 'linear' });
  });

  it('is the one of the same name and endpoint, so that connecting twice makes no second', () => {
    expect(chooseServer(draft, [server({})], false)).toEqual({ kind: 'existing', id: 'server' });
  });

  it('is never a server of that name with another endpoint: the token would go there', () => {
    const others = [server({ endpoint: 'https://evil.example/mcp' }), server({ name: 'linear-2', endpoint: null })];
    expect(chooseServer(draft, others, false)).toEqual({ kind: 'new', name: 'linear-3' });
  });

  it('is found under its number too', () => {
    const servers = [server({ endpoint: 'https://other.example/mcp' }), server({ id: 'second', name: 'linear-2' })];
    expect(chooseServer(draft, servers, false)).toEqual({ kind: 'existing', id: 'second' });
  });

  it('is for one agent no server that its binding would hide from everybody else', () => {
    expect(chooseServer(draft, [server({})], true)).toEqual({ kind: 'new', name: 'linear-2' });
    expect(chooseServer(draft, [server({ visibility: 'bound' })], true)).toEqual({ kind: 'existing', id: 'server' });
  });

  it('overrides the workspace’s server of the name in a crew, but only one with the same endpoint', () => {
    const above = server({ sameLevel: false });
    expect(chooseServer(draft, [above], false)).toEqual({ kind: 'new', name: 'linear' });
    const foreign = { ...above, endpoint: 'https://other.example/mcp' };
    expect(chooseServer(draft, [foreign], false)).toEqual({ kind: 'new', name: 'linear-2' });
  });
});
