import { BodySentence, ChoiceField, FlagField, IdField, IntegerField, TextField, TextListField } from '#http';
import { type BudgetPeriod, budgetPeriods } from '../channels.types.js';
import { ChannelConfigField, type SentChannelConfig } from './channel-config.field.js';

/** A channel to make. A workspace has at most one of a type. */
@BodySentence('invalid JSON')
export class CreateChannelDto {
  /** Platform: `discord`, `lark`, `slack` or `telegram`. Required, here or as `type`. */
  @TextField({ max: 64, nullable: true, example: 'telegram' })
  channel_type?: string | null;

  /** Another name of `channel_type`. */
  @TextField({ max: 64, nullable: true })
  type?: string | null;

  /** What the platform needs, as `GET /api/v1/channels/adapters` lists it. Unknown members are dropped. */
  @ChannelConfigField()
  config?: SentChannelConfig | null;

  /** Ids of users or chats whose messages are taken; empty: everybody’s. */
  @TextListField({ nullable: true, maxItems: 500, maxLength: 128 })
  allowed_users?: string[] | null;

  /** Another name of `allowed_users`. */
  @TextListField({ nullable: true, maxItems: 500, maxLength: 128 })
  allowlist?: string[] | null;

  /** Whether it sends and takes messages. */
  @FlagField({ nullable: true, default: true })
  enabled?: boolean | null;

  /** Agent that gets the messages; absent: the workspace’s lead agent. */
  @IdField({ nullable: true })
  agent_id?: string | null;

  /** Most messages, in and out, within `budget_period`; null: no limit. */
  @IntegerField({ min: 0, max: 2_147_483_647, nullable: true })
  channel_budget?: number | null;

  /** When the budget is whole again: every `day` or `month` (UTC); null: never. */
  @ChoiceField(budgetPeriods, { enumName: 'ChannelBudgetPeriod', nullable: true })
  budget_period?: BudgetPeriod | null;
}
