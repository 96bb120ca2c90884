/** A chat that a bot was written to in. */
export class DiscoveredChatResponse {
  /** Id for the channel's `chat_id`. */
  chat_id: string;

  /** Title of a group, or name of a person. */
  name: string;

  /** `private`, `group`, `supergroup` or `channel`. */
  type: string;
}

/** The chats of a bot. */
export class DiscoveredChatsResponse {
  /** Name of the bot, without `@`. */
  bot_username: string;

  /** Chats of the updates that nobody took yet, each once. */
  chats: DiscoveredChatResponse[];

  /** Whether the bot sees everything that is written in groups. */
  can_read_all_group_messages: boolean;

  /** What that means when it does not; else `""`. */
  privacy_warning: string;

  /** What to do when a chat is missing. */
  hint: string;
}
