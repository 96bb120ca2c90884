import { findPlatform, sensitiveKeysOf } from '#chat-platforms';
import type { PlannedChannel } from './org-plan.types.js';
import type { OrgChannel } from './org-template.schema.js';
import { expand, type VariableSources } from './variable-expansion.js';

/** A channel with its variables in place; null, and said to `skip` why, where one is not set. */
export function plannedChannel(
  channel: OrgChannel,
  sources: VariableSources,
  skip: (kind: 'channel', name: string, reason: string) => void,
): PlannedChannel | null {
  const type = channel.type?.trim() || channel.channel_type?.trim() || '';
  if (type === '') {
    skip('channel', '', 'empty type');
    return null;
  }
  const platform = findPlatform(type);
  const sealed = platform ? sensitiveKeysOf(platform) : new Set<string>();
  const missing = new Set<string>();
  const shown: string[] = [];
  const config: [string, string][] = [];
  for (const [key, text] of Object.entries(channel.config ?? {})) {
    const expansion = expand(text, sources);
    for (const name of expansion.missing) missing.add(name);
    // A secret of the instance that stood in a field that people see could be read by whoever writes a template.
    if (expansion.holdsInstanceSecret && !sealed.has(platform?.aliases[key] ?? key)) shown.push(key);
    config.push([key, expansion.text]);
  }
  if (missing.size > 0) {
    skip('channel', type, `missing env: [${[...missing].sort().join(', ')}]`);
    return null;
  }
  if (platform && shown.length > 0) {
    skip('channel', type, `a secret of the instance stands in a field that is shown: ${shown.join(', ')}`);
    return null;
  }
  return {
    type,
    config: Object.fromEntries(config),
    allowedUsers: channel.allowed_users ?? [],
    enabled: channel.enabled ?? true,
  };
}
