import type { AppError } from '#kernel';
import { previewErrors } from './preview.errors.js';
import type { Change } from './preview.types.js';

/** How rows of one kind are made and changed. */
export interface RowKind<Row extends { id: string }> {
  target: Change['target'];
  /** What a new row has where nothing is said. Its members are the only ones that a change can set. */
  defaults: Omit<Row, 'id'>;
  /** Members that only a create can set. */
  fixed: readonly (keyof Row & string)[];
}

/** The fault of naming a row that is not there. `path` is the member at fault, such as `changes.0.id`. */
export function unknownRow(target: Change['target'], path: string): AppError {
  return previewErrors.unknownRow({
    params: { target },
    fields: [{ field: path, code: 'unknown_row', message: 'There is no such row in what this agent can reach' }],
  });
}

/** The row as the change leaves it: the one with this id, or a new one. */
export function rowAfter<Row extends { id: string }>(
  kind: RowKind<Row>,
  rows: readonly Row[],
  change: { id: string; fields: Partial<Omit<Row, 'id'>> },
  path: string,
): Row {
  const { id, fields } = change;
  const existing = rows.find((row) => row.id === id);
  if (existing === undefined && !id.startsWith('new-')) throw unknownRow(kind.target, `${path}.id`);
  const settable = new Set<string>(Object.keys(kind.defaults));
  if (existing !== undefined) for (const member of kind.fixed) settable.delete(member);
  const given = Object.entries(fields).filter(([member, value]) => value !== undefined && settable.has(member));
  return { ...(existing ?? { id, ...kind.defaults }), ...Object.fromEntries(given) } as Row;
}

/** The rows with this one in its place, or at the end. */
export function withRow<Row extends { id: string }>(rows: readonly Row[], row: Row): Row[] {
  return [...rows.filter(({ id }) => id !== row.id), row];
}

/** Refuses an id that no row has. */
export function assertKnown(
  rows: readonly { id: string }[],
  id: string,
  { target, path }: { target: Change['target']; path: string },
): void {
  if (!rows.some((row) => row.id === id)) throw unknownRow(target, path);
}
