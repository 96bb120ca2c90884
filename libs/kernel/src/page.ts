/** Which part of a list is asked for. `limit` is 1 to 100, `offset` is 0 or more. */
export interface PageRequest {
  limit: number;
  offset: number;
}

/** One part of a list with the size of the whole. */
export interface Page<T> {
  items: T[];
  /** How many rows the list has in all, answered as `X-Total-Count`. */
  total: number;
}

/** The most rows that one request may ask for; a larger `limit` is clamped to it. */
export const maxPageSize = 100;
