import type { Level } from './rows.types.js';

/**
 * How a field came by its value: `own` from the server's nearest row; `inherited` from the workspace row below it;
 * `merged` from several rows; `binding` from the agent's binding; `locked` because the workspace row allows no wider;
 * `withheld` because the crew row sends the server to another host than the workspace row's credential was given for;
 * `default` because no row says anything; `removed` by a `null` of a merge patch; `not_applicable` because the crew row
 * changed the transport and the workspace row's value belongs to the other one.
 */
export type FieldRule =
  | 'own'
  | 'inherited'
  | 'merged'
  | 'binding'
  | 'locked'
  | 'default'
  | 'removed'
  | 'not_applicable'
  | 'withheld';

/** Where a value comes from. */
export interface Origin {
  level: Level | 'default';
  /** Id of the server row or the binding; null for defaults. */
  rowId: string | null;
  rule: FieldRule;
}

/** A value with its origin. */
export interface Settled<T> {
  value: T;
  origin: Origin;
}

/** The origin of what nobody set. */
export const defaultOrigin: Origin = Object.freeze({ level: 'default', rowId: null, rule: 'default' });
