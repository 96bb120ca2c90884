import type { AuthConfig } from '#composio';

/** The auth config of each toolkit: the first that is enabled, else the first. */
export function byToolkit(configs: readonly AuthConfig[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { id, toolkit } of [...configs.filter(isEnabled), ...configs.filter((config) => !isEnabled(config))]) {
    const slug = toolkit.slug.toLowerCase();
    if (slug !== '' && id !== '' && !found.has(slug)) found.set(slug, id);
  }
  return found;
}

/** Whether Composio lets it be used. */
export function isEnabled({ status }: AuthConfig): boolean {
  return status.toUpperCase() !== 'DISABLED';
}
