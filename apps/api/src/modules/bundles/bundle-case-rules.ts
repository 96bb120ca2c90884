/** `container_memory_mb` as `containerMemoryMb`. */
type Camel<S extends string> = S extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S;

/** The same members under the names that rows have. */
export type Camelized<T> = { [K in keyof T as K extends string ? Camel<K> : never]: T[K] };

/** A part of a bundle in the words of rows. */
export function camelized<T extends object>(part: T): Camelized<T> {
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [camel(key), value])) as Camelized<T>;
}

/** The members of a row that a bundle carries, in the words of bundles. */
export function snaked<const K extends string, R extends { [P in K as Camel<P>]: unknown }>(
  keys: readonly K[],
  row: R,
): { [P in K]: R[Camel<P> & keyof R] } {
  const members = new Map(Object.entries(row));
  return Object.fromEntries(keys.map((key) => [key, members.get(camel(key))])) as { [P in K]: R[Camel<P> & keyof R] };
}

function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
