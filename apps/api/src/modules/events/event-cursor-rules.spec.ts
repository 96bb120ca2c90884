import { describe, expect, it } from 'vitest';
import { beforeTransaction, formatCursor, isAfter, parseCursor } from './event-cursor-rules.js';

describe('a place in the event stream', () => {
  it('is read as it was written', () => {
    const cursor = { xid: 12_345_678_901n, seq: 42n };
    expect(parseCursor(formatCursor(cursor))).toEqual(cursor);
  });

  it.each(['', '1', '1-', '-1', 'a-b', '1-2-3', '9223372036854775808-1', '1-99999999999999999999'])(
    'is not %j',
    (text) => {
      expect(parseCursor(text)).toBeNull();
    },
  );

  it('comes after what older transactions wrote, whatever their numbers', () => {
    expect(isAfter({ xid: 2n, seq: 1n }, { xid: 1n, seq: 9n })).toBe(true);
    expect(isAfter({ xid: 2n, seq: 2n }, { xid: 2n, seq: 1n })).toBe(true);
    expect(isAfter({ xid: 2n, seq: 1n }, { xid: 2n, seq: 1n })).toBe(false);
    const horizon = beforeTransaction(10n);
    expect(isAfter({ xid: 10n, seq: 1n }, horizon)).toBe(true);
    expect(isAfter({ xid: 9n, seq: 10n ** 18n }, horizon)).toBe(false);
  });
});
