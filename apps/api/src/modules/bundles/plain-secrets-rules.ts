import { findPlatform, sensitiveKeysOf } from '#chat-platforms';
import type { Bundle } from './bundle.schema.js';
import { credentialSchema } from './bundle-agent.schema.js';

/**
 * A bundle with what a plain one leaves unsaid: `secrets` are the names of keys, so each that no credential has is a credential to
 * fill in, and a channel lacks the secrets that its type requires. A bundle of our format says all of it itself, and so
 * do the workspaces in it.
 */
export function withPlainSecrets(bundle: Bundle, isWithinOurs = false): Bundle {
  const isOurs = isWithinOurs || bundle.format !== undefined;
  const sub_workspaces = bundle.sub_workspaces.map((each) => withPlainSecrets(each, isOurs));
  if (isOurs) return { ...bundle, sub_workspaces };
  return {
    ...bundle,
    sub_workspaces,
    credentials: [...bundle.credentials, ...placeholdersOf(bundle)],
    channels: bundle.channels.map((channel) => ({ ...channel, secrets: secretsOf(channel) })),
  };
}

function placeholdersOf({ secrets, credentials }: Bundle): Bundle['credentials'] {
  const known = new Set(credentials.map(({ name }) => name.trim()));
  const names = new Set(secrets.map((name) => name.trim()).filter((name) => name !== '' && !known.has(name)));
  return [...names].map((name) => credentialSchema.parse({ name }));
}

// Some platforms want one of several secrets: which one, without any, they say themselves.
function secretsOf({ channel_type: type, secrets }: Bundle['channels'][number]): string[] {
  const platform = findPlatform(type);
  if (platform === null) return secrets;
  const sensitive = sensitiveKeysOf(platform);
  const required = platform.configSchema.filter((field) => field.required && field.sensitive).map(({ key }) => key);
  const all = new Set([...secrets, ...required]);
  const wanted = all.size === 0 ? platform.findFault({})?.field : undefined;
  return wanted !== undefined && sensitive.has(wanted) ? [wanted] : [...all];
}
