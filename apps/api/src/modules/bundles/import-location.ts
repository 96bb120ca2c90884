import { AppError, type ErrorKind } from '#kernel';
import { refused } from './bundle-reading.js';

// What another feature says of what it was given. Everything else is no fault of the bundle.
const faultsOfTheBundle: ReadonlySet<ErrorKind> = new Set([
  'invalid',
  'conflict',
  'not_found',
  'forbidden',
  'unprocessable',
]);

/** Runs a part of an import; what another feature refuses in it is told with its place in the bundle. */
export async function within<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || !faultsOfTheBundle.has(error.kind) || error.code === 'bundle.refused')
      throw error;
    const { code, message } = error;
    const fields = error.fields.length > 0 ? error.fields : [{ field: '', code, message }];
    const placed = fields.map((each) => ({ ...each, field: each.field === '' ? place : `${place}.${each.field}` }));
    throw refused(placed, error);
  }
}

/** Runs a part of an import for every entry of a list, one after the other. */
export async function forEachIn<T>(
  items: readonly T[],
  place: string,
  work: (item: T) => Promise<void>,
): Promise<void> {
  for (const [index, item] of items.entries()) await within(`${place}.${index}`, () => work(item));
}
