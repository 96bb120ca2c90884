import type { JsonObject, JsonValue } from '#kernel';
import type { ChannelConfig, ChatPlatform, ConfigFault } from './chat-platform.js';

const mostCharacters = 2_048;
const mostChats = 50;
const longestChatId = 128;

/** What was read of a configuration. */
export type ReadConfig = { config: ChannelConfig; fault?: undefined } | { fault: ConfigFault };

/** Every member that a platform's configuration may have, in the order of the form. */
export function configFieldsOf(platform: ChatPlatform): { key: string; sensitive: boolean }[] {
  return [...platform.configSchema.map(({ key, sensitive }) => ({ key, sensitive })), ...platform.furtherFields];
}

/** The members of a platform's configuration that are secrets. */
export function sensitiveKeysOf(platform: ChatPlatform): ReadonlySet<string> {
  return new Set(
    configFieldsOf(platform)
      .filter(({ sensitive }) => sensitive)
      .map(({ key }) => key),
  );
}

/**
 * The known members of what was sent, under their own names, trimmed. Unknown members are dropped: a secret under a name that
 * nobody knows would be shown. `""` and null count as absent.
 */
export function readConfig(platform: ChatPlatform, sent: JsonObject): ReadConfig {
  const values: Record<string, string> = {};
  const names = new Set(configFieldsOf(platform).map(({ key }) => key));
  for (const [name, value] of Object.entries(sent)) {
    const key = Object.hasOwn(platform.aliases, name) ? (platform.aliases[name] ?? name) : name;
    if (!names.has(key) || (key !== name && Object.hasOwn(sent, key))) continue;
    const text = textOf(value);
    if (text === null) {
      return { fault: { field: name, message: `${name} must be a text of at most ${mostCharacters} characters` } };
    }
    if (text !== '') values[key] = text;
  }
  return { config: values };
}

function textOf(value: JsonValue): string | null {
  if (value === null) return '';
  // Chat ids are numbers at some platforms.
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (typeof value !== 'string' || value.length > mostCharacters || /[\p{Cc}]/u.test(value)) return null;
  return value.trim();
}

/** The first fault of a configuration: a required member that is absent, else what the platform says. */
export function findConfigFault(platform: ChatPlatform, config: ChannelConfig): ConfigFault | null {
  const missing = platform.configSchema.find(({ key, required }) => required && !config[key]);
  if (missing) return { field: missing.key, message: `${missing.key} is required` };
  const chats = platform.chatsOf(config);
  if (chats.length > mostChats || chats.some((id) => id.length > longestChatId)) {
    const field = config.chat_id === undefined ? 'channel_id' : 'chat_id';
    return { field, message: `${field} must be at most ${mostChats} ids of at most ${longestChatId} characters` };
  }
  return platform.findFault(config);
}

/** Whether an address is of a platform: begins with one of the prefixes, then plain path characters. */
export function isAddressUnder(prefixes: readonly string[], address: string): boolean {
  const prefix = prefixes.find((each) => address.startsWith(each));
  if (prefix === undefined) return false;
  const rest = address.slice(prefix.length);
  return /^[A-Za-z0-9_-][A-Za-z0-9_/-]*(\?[A-Za-z0-9_=&-]*)?$/.test(rest);
}

// Of a shorter one the ends would leave too little to guess.
const shortestShown = 20;

/** How a secret is shown: 8 characters of its ends where it has 20 or more, else nothing of it. */
export function maskOf(secret: string): string {
  return secret.length >= shortestShown ? `${secret.slice(0, 4)}...${secret.slice(-4)}` : '***';
}

/** Whether a text is one that only {@link maskOf} writes for some secret. */
export function looksMasked(text: string): boolean {
  return text === '***' || /^.{4}\.\.\..{4}$/u.test(text);
}
