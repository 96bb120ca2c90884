const shape = /^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/;

/** What is wrong with the name of a registry's entry, or null. The form is that of server.json (2025-12-11). */
export function findNameFault(name: string): string | null {
  if (name.length < 3 || name.length > 200) return 'Its name does not have 3 to 200 characters.';
  if (!shape.test(name)) return 'Its name is not of the form namespace/server.';
  // Such a part would lead elsewhere in a path.
  return name.split('/').some((part) => /^\.+$/.test(part)) ? 'Its name has a part that is made of dots only.' : null;
}
