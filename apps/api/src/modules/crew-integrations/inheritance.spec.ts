import { describe, expect, it } from 'vitest';
import type { CrewIntegration, LinkedServer } from './crew-integrations.types.js';
import { authStatusOf, effectiveConnection, effectiveDisplayName, inheritedMembers } from './inheritance.js';

const http: LinkedServer = {
  displayName: 'Parent',
  transport: 'streamable-http',
  endpoint: 'https://parent.example/mcp',
  command: null,
};
const nothing = { transport: null, endpoint: null, command: null };

function row(values: Partial<CrewIntegration> = {}): CrewIntegration {
  const instant = new Date(0);
  return {
    id: 'c1',
    workspaceId: 'w1',
    crewId: 'k1',
    workspaceIntegrationId: 'p1',
    name: 'server',
    displayName: null,
    ...nothing,
    argsJson: null,
    envJson: null,
    configJson: null,
    icon: null,
    enabled: true,
    visibility: null,
    credentialId: null,
    credType: null,
    credHeader: null,
    envVarName: null,
    origin: 'custom',
    originRef: null,
    createdAt: instant,
    updatedAt: instant,
    ...values,
  };
}

describe('what a crew row inherits', () => {
  it('is everything that it leaves open, and each field that it sets is its own', () => {
    expect(effectiveConnection(nothing, http)).toEqual({
      transport: 'streamable-http',
      endpoint: http.endpoint,
      command: null,
    });
    const own = { ...nothing, endpoint: 'https://own.example/mcp' };
    expect(effectiveConnection(own, http).endpoint).toBe(own.endpoint);
    expect(inheritedMembers(row({ endpoint: own.endpoint, envJson: '{}' }), http)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(endpoint|env_json)$/)]),
    );
  });

  it('is no address of the transport that it changed away from', () => {
    const toStdio = { transport: 'stdio', endpoint: null, command: 'npx' } as const;
    expect(effectiveConnection(toStdio, http)).toEqual({ transport: 'stdio', endpoint: null, command: 'npx' });
    expect(inheritedMembers(row(toStdio), http)).not.toContain('endpoint');
    const stdio: LinkedServer = { ...http, transport: 'stdio', endpoint: null, command: 'uvx' };
    const toHttp = { ...nothing, transport: 'streamable-http' } as const;
    expect(effectiveConnection(toHttp, stdio).command).toBeNull();
    expect(inheritedMembers(row(toHttp), stdio)).not.toContain('args_json');
  });

  it('is nothing without a link', () => {
    expect(inheritedMembers(row({ workspaceIntegrationId: null }), null)).toEqual([]);
    expect(effectiveConnection(nothing, null)).toEqual({ ...nothing, transport: 'streamable-http' });
  });

  it('shows the nearest name there is', () => {
    expect(effectiveDisplayName({ name: 'n', displayName: 'own' }, http)).toBe('own');
    expect(effectiveDisplayName({ name: 'n', displayName: null }, http)).toBe('Parent');
    expect(effectiveDisplayName({ name: 'n', displayName: null }, null)).toBe('n');
  });
});

describe('the state of a server’s credentials', () => {
  const connection = effectiveConnection(nothing, http);
  const facts = (credentialCount: number, brokenCredentialCount: number) => ({
    agentBindingCount: 1,
    credentialCount,
    brokenCredentialCount,
  });

  it.each([
    ['missing', 0, 0],
    ['connected', 2, 0],
    ['expired', 2, 1],
  ] as const)('is %s with %d credentials, %d of them broken', (status, credentials, broken) => {
    expect(authStatusOf(connection, facts(credentials, broken), null)).toBe(status);
  });

  it('is none where no credential is sent: another transport, or no address', () => {
    expect(authStatusOf({ transport: 'stdio', endpoint: null, command: 'npx' }, facts(1, 1), 'ACTIVE')).toBe('none');
    expect(authStatusOf({ ...connection, endpoint: null }, facts(1, 1), null)).toBe('none');
  });
});
