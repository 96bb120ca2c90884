const slugMax = 50;

/**
 * Slug of a person's first workspace: the local part of the address, other characters than `[a-z0-9-]` as hyphens, then
 * a part of the workspace's id that makes it unique. It always fits the rule for slugs.
 */
export function firstSlug(email: string, idPart: string): string {
  const local = email.slice(0, email.indexOf('@')).toLowerCase();
  const base = local.replace(/[^a-z0-9-]/g, '-').replace(/^-+/, '') || 'workspace';
  return `${base.slice(0, slugMax - 1 - idPart.length)}-${idPart}`;
}
