/** A place in the event stream: after the event that transaction `xid` wrote as number `seq`. */
export interface EventCursor {
  xid: bigint;
  seq: bigint;
}

const largest = 9_223_372_036_854_775_807n;
const form = /^(\d{1,19})-(\d{1,19})$/;

/** The place after everything that transactions before this one wrote. */
export function beforeTransaction(xid: bigint): EventCursor {
  return { xid: xid - 1n, seq: largest };
}

/** The cursor as clients know it: `<xid>-<seq>`. */
export function formatCursor({ xid, seq }: EventCursor): string {
  return `${xid}-${seq}`;
}

/** Reads a cursor; null for any other text. */
export function parseCursor(text: string): EventCursor | null {
  const [, xid = '', seq = ''] = form.exec(text.trim()) ?? [];
  if (xid === '') return null;
  const cursor = { xid: BigInt(xid), seq: BigInt(seq) };
  return cursor.xid <= largest && cursor.seq <= largest ? cursor : null;
}

/** Whether one place comes after another. */
export function isAfter(left: EventCursor, right: EventCursor): boolean {
  return left.xid === right.xid ? left.seq > right.seq : left.xid > right.xid;
}
