import type { ChatPlatform } from '#chat-platforms';
import type { Channel, ChannelMessage } from './channels.types.js';
import type { ChannelResponse } from './dto/channel.response.js';
import type { ChannelAdapterResponse } from './dto/channel-adapter.response.js';
import type { ChannelMessageResponse } from './dto/channel-message.response.js';

/** A channel as it is answered. Its configuration is stored as it is shown. */
export function toChannelResponse(channel: Channel): ChannelResponse {
  return {
    id: channel.id,
    workspace_id: channel.workspaceId,
    agent_id: channel.agentId,
    channel_type: channel.channelType,
    config: { ...channel.config },
    enabled: channel.enabled,
    allowed_users: channel.allowedUsers,
    channel_budget: channel.channelBudget,
    budget_period: channel.budgetPeriod,
    budget_used: channel.budgetUsed,
    message_count: channel.messageCount,
    created_at: channel.createdAt.toISOString(),
    updated_at: channel.updatedAt.toISOString(),
    ...(channel.lastMessageAt && { last_message_at: channel.lastMessageAt.toISOString() }),
  };
}

/** A line of a channel's log as it is answered. */
export function toMessageResponse(message: ChannelMessage): ChannelMessageResponse {
  return {
    id: message.id,
    direction: message.direction,
    status: message.status,
    reason: message.reason,
    chat_id: message.chatId,
    user_id: message.userId,
    username: message.username,
    text: message.text,
    reply_text: message.replyText,
    delivery_id: message.deliveryId,
    created_at: message.createdAt.toISOString(),
  };
}

/** Where the channel's platform is to send messages. The id only says where to look; the signature proves. */
export function webhookUrlOf(publicUrl: string, { id, channelType }: Pick<Channel, 'id' | 'channelType'>): string {
  const base = `${publicUrl}/api/v1/webhooks/${channelType}`;
  // Telegram's secret finds its channel; several channels may share one bot.
  return channelType === 'telegram' ? base : `${base}?channel=${id}`;
}

/** A chat platform as it is answered. */
export function toAdapterResponse({ type, displayName, configSchema }: ChatPlatform): ChannelAdapterResponse {
  return { type, display_name: displayName, config_schema: configSchema.map((field) => ({ ...field })) };
}
