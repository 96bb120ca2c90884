import { ApiProperty } from '@nestjs/swagger';
import { type PlatformType, platformTypes } from '#chat-platforms';
import { type BudgetPeriod, budgetPeriods } from '../channels.types.js';

/** A channel of a workspace. */
export class ChannelResponse {
  /** Id of the channel. */
  id: string;

  /** Workspace that it belongs to. */
  workspace_id: string;

  /** Agent that gets the messages; null: the workspace’s lead agent. */
  agent_id: string | null;

  /** Platform. */
  @ApiProperty({ enum: platformTypes, enumName: 'ChannelType' })
  channel_type: PlatformType;

  /** Configuration. Secrets are masked: their ends, or `***`. Sent back, a mask leaves its secret as it was. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string', maxLength: 2_048 } })
  config: Record<string, string>;

  /** Whether it sends and takes messages. */
  enabled: boolean;

  /** Ids of users or chats whose messages are taken; empty: everybody’s. */
  allowed_users: string[];

  /** Most messages, in and out, within `budget_period`; null: no limit. */
  @ApiProperty({ type: 'integer', format: 'int32', nullable: true })
  channel_budget: number | null;

  /** When the budget is whole again; null: never. */
  @ApiProperty({ enum: budgetPeriods, enumName: 'ChannelBudgetPeriod', nullable: true })
  budget_period: BudgetPeriod | null;

  /** Messages counted in the period in which the last one was. */
  @ApiProperty({ type: 'integer', format: 'int32' })
  budget_used: number;

  /** Messages that went through it so far. */
  @ApiProperty({ type: 'integer', format: 'int32' })
  message_count: number;

  /** When it was made. */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** When it was last changed. */
  @ApiProperty({ format: 'date-time' })
  updated_at: string;

  /** When the last message went through it; absent before the first. */
  @ApiProperty({ format: 'date-time' })
  last_message_at?: string;
}
