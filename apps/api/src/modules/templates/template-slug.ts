/**
 * The folder's name for a template: spaces become hyphens, capitals small letters; letters, digits, `-` and `_` stay,
 * everything else goes. `unnamed` when nothing stays.
 */
export function templateSlug(name: string): string {
  const slug = name
    .replace(/[ -]/g, '-')
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .slice(0, 100);
  return slug === '' ? 'unnamed' : slug;
}
