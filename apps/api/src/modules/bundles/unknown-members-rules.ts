/**
 * The members of a document that its schema has left out, by path, such as `crews.0.colour`: what stands in `sent` and not
 * in `read`, which the schema made of it.
 */
export function unknownMembers(sent: unknown, read: unknown, at = ''): string[] {
  if (!isContainer(sent) || !isContainer(read)) return [];
  return Object.entries(sent).flatMap(([name, value]) => {
    const place = at === '' ? name : `${at}.${name}`;
    if (!Object.hasOwn(read, name)) return [place];
    return unknownMembers(value, Reflect.get(read, name), place);
  });
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
