import { z } from 'zod';

const bot = z.object({ username: z.string().optional(), can_read_all_group_messages: z.boolean().optional() });

/** What `getMe` says of a bot. */
export function readBot(result: unknown): { username: string; readsGroups: boolean } {
  const read = bot.safeParse(result).data;
  return { username: read?.username ?? '', readsGroups: read?.can_read_all_group_messages ?? false };
}

const webhook = z.object({ url: z.string().optional() });

/** The address that a bot's updates are sent to; `""`: none. */
export function readWebhookUrl(result: unknown): string {
  return webhook.safeParse(result).data?.url ?? '';
}

/** A chat that a bot was written to in. */
export interface DiscoveredChat {
  chat_id: string;
  name: string;
  /** As the platform calls it: `private`, `group`, `supergroup`, `channel`. */
  type: string;
}

const chat = z.object({
  id: z.int(),
  type: z.string(),
  title: z.string().optional(),
  username: z.string().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
});
const inChat = z.object({ chat });
const update = z.object({
  message: inChat.optional(),
  edited_message: inChat.optional(),
  channel_post: inChat.optional(),
  my_chat_member: inChat.optional(),
});

/** The chats that updates speak of, each once, in the order of their first appearance. */
export function readChats(result: unknown): DiscoveredChat[] {
  const updates = z.array(z.unknown()).safeParse(result).data ?? [];
  const chats = new Map<string, DiscoveredChat>();
  for (const each of updates) {
    const read = update.safeParse(each).data;
    const found = (read?.message ?? read?.edited_message ?? read?.channel_post ?? read?.my_chat_member)?.chat;
    if (!found) continue;
    const person = [found.first_name, found.last_name].filter(Boolean).join(' ');
    const id = String(found.id);
    if (!chats.has(id))
      chats.set(id, { chat_id: id, name: found.title ?? (person || found.username || id), type: found.type });
  }
  return [...chats.values()];
}
