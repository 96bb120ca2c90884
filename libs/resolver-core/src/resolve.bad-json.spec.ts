import { describe, expect, it } from 'vitest';
import { AppError } from '#kernel';
import { explain } from './explain.js';
import { resolve } from './resolve.js';
import { binding, crewServer, input, noon, workspaceServer } from './testing/rows.fixture.js';

const thrownBy = (work: () => unknown): AppError => {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

const broken = '{"token":"canary-51c"';
const override = [binding({ id: 'b1', serverId: 'w1', configOverrideJson: '{"a":1}' })];

describe('stored config that is not JSON', () => {
  it.each([resolve, explain])('fails the whole answer when it has to be merged, and names the row: %p', (answer) => {
    const sound = workspaceServer({ id: 'w0' });
    const rows = input({
      workspaceServers: [sound, workspaceServer({ id: 'w1', configJson: broken })],
      bindings: override,
    });
    const error = thrownBy(() => answer(rows, noon));
    expect([error.code, error.status]).toEqual(['resolver.unreadable_config', 500]);
    expect(error.message).toContain('config_json of workspace server w1');
  });

  it('is not quoted by the error, for it may hold a secret', () => {
    const rows = input({
      workspaceServers: [workspaceServer({ id: 'w1', configJson: '{}' })],
      crewServers: [crewServer({ id: 'c1', name: 'w1', configJson: broken })],
    });
    const error = thrownBy(() => resolve(rows, noon));
    expect(JSON.stringify([error.message, error.stack, error.details, error.cause])).not.toContain('canary');
  });

  it.each(['patch with it', '{"b":1}'])('fails the same way when it is nested too deep to merge: %s', (patch) => {
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    const configOverrideJson = patch === 'patch with it' ? deep : patch;
    const rows = input({
      workspaceServers: [workspaceServer({ id: 'w1', configJson: deep })],
      bindings: [binding({ id: 'b1', serverId: 'w1', configOverrideJson })],
    });
    expect(thrownBy(() => resolve(rows, noon)).code).toBe('resolver.unreadable_config');
  });

  it('passes through untouched when nothing has to be merged, with a warning in explain', () => {
    const rows = input({ workspaceServers: [workspaceServer({ id: 'w1', configJson: broken })] });
    expect(resolve(rows, noon).servers).toMatchObject([{ configJson: broken }]);
    expect(explain(rows, noon).servers[0]?.warnings.map((warning) => warning.code)).toEqual(['config_not_an_object']);
  });
});
