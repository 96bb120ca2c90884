import { describe, expect, it } from 'vitest';
import { explain } from './explain.js';
import { credentialsNeeded } from './references.js';
import { binding, credential, crewServer, input, noon, workspaceServer } from './testing/rows.fixture.js';

describe('the references of a server', () => {
  it('are found in endpoint, arguments, environment and headers of what is effective, with their state', () => {
    const rows = input({
      workspaceServers: [
        workspaceServer({
          id: 'w1',
          endpoint: 'https://x.example/{{credential:tenant}}',
          argsJson: '["--key={{credential:gone}}","{{credential:tenant}}"]',
          envJson: '{"SHADOWED":"{{credential:never}}"}',
          configJson: '{"headers":{"A":"{{credential:stale}}"},"note":"{{credential:ignored}}"}',
        }),
      ],
      crewServers: [crewServer({ id: 'c1', name: 'w1', envJson: '{"A":"{{credential:with \\"quotes\\"}}"}' })],
      credentials: [
        credential({ id: 'k1', name: 'tenant' }),
        credential({ id: 'k2', name: 'gone', deleted: true }),
        credential({ id: 'k3', name: 'stale', status: 'REVOKED' }),
        credential({ id: 'k4', name: 'with "quotes"' }),
      ],
    });
    const [server] = explain(rows, noon).servers;
    expect(server?.references).toEqual([
      { name: 'tenant', field: 'endpoint', state: 'known' },
      { name: 'gone', field: 'argsJson', state: 'unknown' },
      { name: 'tenant', field: 'argsJson', state: 'known' },
      { name: 'with "quotes"', field: 'envJson', state: 'known' },
      { name: 'stale', field: 'headers', state: 'unusable' },
    ]);
    expect(server?.warnings.map((warning) => warning.code)).toEqual(['reference_unknown', 'reference_unusable']);
  });

  it('do not count sealed literals', () => {
    const rows = input({ workspaceServers: [workspaceServer({ id: 'w1', envJson: '{"A":"{{sealed:v1.abc}}"}' })] });
    expect(explain(rows, noon).servers).toMatchObject([{ references: [], warnings: [] }]);
  });
});

describe('the credentials that an input needs', () => {
  it('are the ids of its bindings and the names in all its texts, each once', () => {
    const rows = input({
      workspaceServers: [
        workspaceServer({ id: 'w1', endpoint: 'https://{{credential:a}}', envJson: '["{{credential:b}}"]' }),
      ],
      crewServers: [
        crewServer({ id: 'c1', argsJson: '["{{credential:b}}"]', configJson: '{"h":"{{credential:c\\u00e9}}"}' }),
      ],
      bindings: [
        binding({ id: 'b1', serverId: 'w1', credentialId: 'k1', configOverrideJson: '{"h":"{{credential:d}}"}' }),
        binding({ id: 'b2', serverId: 'c1', scope: 'crew', credentialId: 'k1', enabled: false }),
      ],
    });
    expect(credentialsNeeded(rows)).toEqual({ ids: ['k1'], names: ['a', 'b', 'cé', 'd'] });
  });
});
