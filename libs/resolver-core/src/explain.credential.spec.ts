import { describe, expect, it } from 'vitest';
import { explain } from './explain.js';
import type { CredentialState } from './resolution.types.js';
import type { CredentialRow } from './rows.types.js';
import { binding, credential, input, noon, workspaceServer } from './testing/rows.fixture.js';

const explained = (row: Partial<CredentialRow> | null) =>
  explain(
    input({
      workspaceServers: [workspaceServer({ id: 'w1' })],
      bindings: [binding({ id: 'b1', serverId: 'w1', credentialId: 'k1' })],
      credentials: row === null ? [] : [credential({ id: 'k1', name: 'github-token', ...row })],
    }),
    noon,
  ).servers[0];

describe('the credential of a server', () => {
  it.each<[string, Partial<CredentialRow> | null, CredentialState]>([
    ['active without an end', {}, 'usable'],
    ['active and ending a millisecond later', { expiresAt: new Date(noon.getTime() + 1) }, 'usable'],
    ['active and ending now', { expiresAt: noon }, 'expired'],
    ['marked expired', { status: 'EXPIRED' }, 'expired'],
    ['without a value yet', { status: 'PENDING' }, 'pending'],
    ['revoked', { status: 'REVOKED' }, 'inactive'],
    ['failing', { status: 'ERROR' }, 'inactive'],
    ['held back by the provider', { status: 'RATE_LIMITED' }, 'inactive'],
    ['deleted', { deleted: true }, 'missing'],
    ['not there at all', null, 'missing'],
  ])('that is %s is explained as such', (_, row, state) => {
    const server = explained(row);
    expect(server?.credential).toMatchObject({ id: 'k1', state, bindingId: 'b1' });
    expect(server?.credential?.name).toBe(state === 'missing' ? null : 'github-token');
    expect(server?.warnings.map((warning) => warning.code)).toEqual(state === 'usable' ? [] : [`credential_${state}`]);
    expect(server?.server.credentialId).toBe(state === 'missing' ? null : 'k1');
  });

  it('is null where no row names one', () => {
    const rows = input({
      workspaceServers: [workspaceServer({ id: 'w1' })],
      bindings: [binding({ id: 'b1', serverId: 'w1' })],
    });
    expect(explain(rows, noon).servers).toMatchObject([{ credential: null, warnings: [] }]);
  });
});
