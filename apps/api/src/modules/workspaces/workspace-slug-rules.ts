/** A slug by the rule of workspaces, made of a name; 41 characters, so that an ending fits. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 41)
    .replace(/^-+|-+$/g, '');
  return slug.length < 2 ? 'workspace' : slug;
}
