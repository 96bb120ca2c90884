import { describe, expect, it } from 'vitest';
import { resolve } from './resolve.js';
import { binding, crewServer, input, noon, workspaceServer } from './testing/rows.fixture.js';

const configOf = (rows: Parameters<typeof input>[0]) => resolve(input(rows), noon).servers[0]?.configJson;

describe('the config of a server', () => {
  it('is merged from workspace, crew, the binding on the workspace row and the binding on the crew row, in this order', () => {
    const config = configOf({
      workspaceServers: [
        workspaceServer({ id: 'w1', configJson: '{"a":"w","b":"w","c":"w","d":"w","headers":{"X":"1"}}' }),
      ],
      crewServers: [crewServer({ id: 'c1', workspaceServerId: 'w1', configJson: '{"b":"c","c":"c","d":"c"}' })],
      bindings: [
        binding({ id: 'b1', serverId: 'w1', configOverrideJson: '{"c":"bw","d":"bw","headers":{"Y":"2"}}' }),
        binding({ id: 'b2', serverId: 'c1', scope: 'crew', configOverrideJson: '{"d":"bc","a":null}' }),
      ],
    });
    expect(JSON.parse(config ?? '')).toEqual({ b: 'c', c: 'bw', d: 'bc', headers: { X: '1', Y: '2' } });
  });

  it('is handed on byte for byte when one row alone sets it', () => {
    const text = ' {"n": 12345678901234567890, "x": {{credential:x}} null} ';
    expect(configOf({ workspaceServers: [workspaceServer({ id: 'w1', configJson: text })] })).toBe(text);
    expect(
      configOf({
        workspaceServers: [workspaceServer({ id: 'w1', configJson: text })],
        crewServers: [crewServer({ id: 'c1', workspaceServerId: 'w1' })],
      }),
    ).toBe(text);
  });

  it('loses the nulls of a patch even when there is nothing below it to remove', () => {
    const rows = { workspaceServers: [workspaceServer({ id: 'w1' })] };
    const patch = '{"a":null,"b":{"c":null,"d":1}}';
    expect(configOf({ ...rows, bindings: [binding({ id: 'b1', serverId: 'w1', configOverrideJson: patch })] })).toBe(
      '{"b":{"d":1}}',
    );
    expect(configOf({ ...rows, crewServers: [crewServer({ id: 'c1', name: 'w1', configJson: patch })] })).toBe(
      '{"b":{"d":1}}',
    );
  });

  it('keeps placeholders as they are through a merge', () => {
    const config = configOf({
      workspaceServers: [
        workspaceServer({ id: 'w1', configJson: '{"headers":{"A":"Bearer {{credential:git hub}}"}}' }),
      ],
      bindings: [binding({ id: 'b1', serverId: 'w1', configOverrideJson: '{"headers":{"B":"{{sealed:v1.x}}"}}' })],
    });
    expect(config).toBe('{"headers":{"A":"Bearer {{credential:git hub}}","B":"{{sealed:v1.x}}"}}');
  });
});
