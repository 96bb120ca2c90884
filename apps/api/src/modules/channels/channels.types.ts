import type { ChannelConfig, PlatformType } from '#chat-platforms';

/** Periods after which a channel's budget is whole again. */
export const budgetPeriods = ['day', 'month'] as const;

/** One such period; both begin at midnight UTC. */
export type BudgetPeriod = (typeof budgetPeriods)[number];

/** A channel as it is stored. */
export interface Channel {
  id: string;
  workspaceId: string;
  /** Null: the workspace's lead agent. */
  agentId: string | null;
  channelType: PlatformType;
  /** The configuration as it is shown: secrets are masked. */
  config: ChannelConfig;
  /** The secrets of the configuration, as one sealed JSON object. */
  sealedConfig: string | null;
  chatIds: string[];
  inboundKey: string | null;
  confirmedChatId: string | null;
  enabled: boolean;
  allowedUsers: string[];
  channelBudget: number | null;
  budgetPeriod: BudgetPeriod | null;
  /** Messages counted since {@link budgetPeriodFrom}. */
  budgetUsed: number;
  budgetPeriodFrom: Date | null;
  messageCount: number;
  lastMessageAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** What became of a message in a channel's log. */
export const messageStatuses = ['accepted', 'answered', 'dropped', 'sent', 'failed'] as const;

/** One of {@link messageStatuses}. */
export type MessageStatus = (typeof messageStatuses)[number];

/** Why a message got no further. */
export const dropReasons = ['not_allowed', 'budget_exceeded', 'unknown_agent', 'bot_removed'] as const;

/** One of {@link dropReasons}. */
export type DropReason = (typeof dropReasons)[number];

/** One line of a channel's log. */
export interface ChannelMessage {
  id: string;
  channelId: string;
  workspaceId: string;
  direction: 'inbound' | 'outbound';
  status: MessageStatus;
  /** A {@link DropReason}, a command, or what went wrong in words. */
  reason: string | null;
  chatId: string | null;
  userId: string | null;
  username: string | null;
  text: string | null;
  replyText: string | null;
  providerMessageId: string | null;
  deliveryId: string | null;
  createdAt: Date;
}

/** What became of a message at one target. */
export interface TargetResult {
  target: string;
  ok: boolean;
  /** What went wrong, in our words; null when it went well. */
  error: string | null;
}
