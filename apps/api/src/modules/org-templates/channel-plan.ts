import type { PlannedChannel } from './org-plan.types.js';
import type { OrgChannel } from './org-template.schema.js';
import { expand, type VariableSources } from './variable-expansion.js';

/** A channel with its variables in place; null, and said to `skip` why, where one is not set. */
export function plannedChannel(
  channel: OrgChannel,
  sources: VariableSources,
  skip: (kind: 'channel', name: string, reason: string) => void,
): PlannedChannel | null {
  const type = channel.type?.trim() ?? '';
  if (type === '') {
    skip('channel', '', 'empty type');
    return null;
  }
  const missing = new Set<string>();
  const config: [string, string][] = [];
  for (const [key, text] of Object.entries(channel.config ?? {})) {
    const expansion = expand(text, sources);
    for (const name of expansion.missing) missing.add(name);
    config.push([key, expansion.text]);
  }
  if (missing.size > 0) {
    skip('channel', type, `missing env: [${[...missing].sort().join(', ')}]`);
    return null;
  }
  return {
    type,
    config: Object.fromEntries(config),
    allowedUsers: channel.allowed_users ?? [],
    enabled: channel.enabled ?? true,
  };
}
