import { vaultErrors } from './vault.errors.js';

/**
 * Where a sealed value is stored. All four parts are authenticated: a value that was copied to another workspace, table,
 * column or row does not open there. So a row's id must be known before its secret is sealed, and must not change.
 */
export interface SealedPlace {
  /** Tenant that owns the row, or {@link instanceWorkspaceId}. Picks the data key. */
  workspaceId: string;
  /** Table name as in SQL. */
  table: string;
  /** Column name as in SQL. */
  column: string;
  /** Primary key of the row; for composite keys, all parts joined in one fixed way. */
  rowId: string;
}

/**
 * Stands for the workspace of secrets that belong to none (a user's, the instance's own): they get a data key of their
 * own under this id. Row ids never contain `@`, so no workspace can be called so.
 */
export const instanceWorkspaceId = '@instance';

/** The place of a secret that belongs to no workspace. */
export function instancePlace(place: Omit<SealedPlace, 'workspaceId'>): SealedPlace {
  return { workspaceId: instanceWorkspaceId, ...place };
}

/**
 * The parts of a place in the order in which they are authenticated.
 * @throws AppError `vault.place_incomplete` when one is empty: such a value would open in more than one row.
 */
export function partsOfPlace(place: SealedPlace): readonly string[] {
  const parts = [place.workspaceId, place.table, place.column, place.rowId];
  if (parts.some((part) => part === '')) throw vaultErrors.placeIncomplete({ details: { ...place } });
  return parts;
}
