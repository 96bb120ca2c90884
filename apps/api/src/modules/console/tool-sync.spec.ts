import { describe, expect, it } from 'vitest';
import { compareTools, type RecordedTool } from './tool-sync.js';

const listed = (name: string, more: object = {}) => ({
  name,
  title: null,
  description: null,
  schemaHash: 'h',
  ...more,
});
const recorded = (toolName: string, more: Partial<RecordedTool> = {}): RecordedTool => ({
  id: `id-${toolName}`,
  toolName,
  title: null,
  description: null,
  schemaHash: 'h',
  enabled: true,
  missingSince: null,
  restoreWhenListed: false,
  ...more,
});
const missing = { missingSince: new Date(0), enabled: false };

describe('a listing beside what is recorded', () => {
  it('changes nothing where nothing changed', () => {
    expect(compareTools([recorded('a'), recorded('b', missing)], [listed('a')])).toEqual({
      created: [],
      updated: [],
      missing: [],
    });
  });

  it.each([{ title: 'T' }, { description: 'D' }, { schemaHash: 'other' }])(
    'updates a tool whose %j is new',
    (change) => {
      const off = recorded('a', { enabled: false });
      expect(compareTools([off], [listed('a', change)]).updated).toEqual([
        { id: 'id-a', tool: listed('a', change), enabled: false },
      ]);
    },
  );

  it('brings a tool back as it was, on or off', () => {
    const rows = [recorded('on', { ...missing, restoreWhenListed: true }), recorded('off', missing)];
    const { updated } = compareTools(rows, [listed('on'), listed('off')]);
    expect(updated.map(({ id, enabled }) => [id, enabled])).toEqual([
      ['id-on', true],
      ['id-off', false],
    ]);
  });

  it('misses a tool once', () => {
    const sync = compareTools([recorded('gone'), recorded('long-gone', missing)], [listed('new')]);
    expect([sync.missing, sync.created]).toEqual([[{ id: 'id-gone' }], [listed('new')]]);
  });
});
