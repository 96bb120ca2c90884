import { describe, expect, it } from 'vitest';
import { resolve } from './resolve.js';
import { binding, credential, crewServer, input, noon, workspaceServer } from './testing/rows.fixture.js';

const servers = {
  workspaceServers: [workspaceServer({ id: 'w1', name: 'github' })],
  crewServers: [crewServer({ id: 'c1', name: 'github' })],
};
const credentials = [credential({ id: 'wide', name: 'Wide' }), credential({ id: 'near', name: 'Near' })];
const onWorkspace = binding({
  id: 'b1',
  serverId: 'w1',
  credentialId: 'wide',
  credType: 'api_key',
  credHeader: 'X-Key',
});
const onCrew = binding({ id: 'b2', serverId: 'c1', scope: 'crew', envVarName: 'TOKEN', credType: 'basic' });

describe('the credential of a server', () => {
  it('comes as a unit from the crew row’s binding when that names one', () => {
    const bindings = [onWorkspace, { ...onCrew, credentialId: 'near' }];
    expect(resolve(input({ ...servers, credentials, bindings }), noon).servers).toMatchObject([
      { credentialId: 'near', credentialName: 'Near', credType: 'basic', credHeader: null, envVarName: 'TOKEN' },
    ]);
  });

  it('comes as a unit from the workspace row’s binding when the crew row’s names none', () => {
    expect(resolve(input({ ...servers, credentials, bindings: [onWorkspace, onCrew] }), noon).servers).toMatchObject([
      { credentialId: 'wide', credentialName: 'Wide', credType: 'api_key', credHeader: 'X-Key', envVarName: null },
    ]);
  });

  it('is none, and not the wider one, when the one named is deleted', () => {
    const gone = [credential({ id: 'wide' }), credential({ id: 'near', deleted: true })];
    const bindings = [onWorkspace, { ...onCrew, credentialId: 'near' }];
    expect(resolve(input({ ...servers, credentials: gone, bindings }), noon).servers).toMatchObject([
      { credentialId: null, credentialName: null, credentialState: 'missing' },
    ]);
  });

  it('is named with its state when it cannot be used', () => {
    const expired = [credential({ id: 'wide', expiresAt: noon })];
    expect(resolve(input({ ...servers, credentials: expired, bindings: [onWorkspace] }), noon).servers).toMatchObject([
      { credentialId: 'wide', credentialName: 'wide', credentialState: 'expired' },
    ]);
  });
});
