/** Throws inside an expression: `(await find(id)) ?? raise(errors.notFound())`. */
export function raise(error: Error): never {
  throw error;
}

/** Marks the branch of a switch that no member of a closed union reaches. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
