import { BodySentence, TextField } from '#http';

/** A bot whose chats to look for. */
@BodySentence('bot_token is required')
export class DiscoverChatsDto {
  /** Token of the bot. It is not stored. */
  @TextField({ max: 256, required: true, requiredMessage: 'bot_token is required', writeOnly: true })
  bot_token: string;

  /** Workspace that the channel is meant for. */
  @TextField({ max: 64, required: true, requiredMessage: 'workspace_id is required' })
  workspace_id: string;

  /** Platform; only `telegram` can be asked. */
  @TextField({ max: 64, nullable: true, example: 'telegram' })
  channel_type?: string | null;
}
