import { BodySentence, ChoiceField, FlagField, IdField, IntegerField, TextListField } from '#http';
import { type BudgetPeriod, budgetPeriods } from '../channels.types.js';
import { ChannelConfigField, type SentChannelConfig } from './channel-config.field.js';

/** Changes to a channel; absent members stay. The type cannot change. */
@BodySentence('invalid JSON')
export class UpdateChannelDto {
  /** Replaces the whole configuration. A secret that is sent as its mask stays as it was. */
  @ChannelConfigField()
  config?: SentChannelConfig | null;

  /** Ids of users or chats whose messages are taken; `[]`: everybody’s. */
  @TextListField({ nullable: true, maxItems: 500, maxLength: 128 })
  allowed_users?: string[] | null;

  /** Another name of `allowed_users`. */
  @TextListField({ nullable: true, maxItems: 500, maxLength: 128 })
  allowlist?: string[] | null;

  /** Whether it sends and takes messages. */
  @FlagField({ nullable: true })
  enabled?: boolean | null;

  /** Agent that gets the messages; null: the workspace’s lead agent. */
  @IdField({ nullable: true })
  agent_id?: string | null;

  /** Most messages, in and out, within `budget_period`; null: no limit. */
  @IntegerField({ min: 0, max: 2_147_483_647, nullable: true })
  channel_budget?: number | null;

  /** When the budget is whole again: every `day` or `month` (UTC); null: never. */
  @ChoiceField(budgetPeriods, { enumName: 'ChannelBudgetPeriod', nullable: true })
  budget_period?: BudgetPeriod | null;
}
