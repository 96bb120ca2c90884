import { ApiProperty } from '@nestjs/swagger';
import { type MessageStatus, messageStatuses } from '../channels.types.js';

const directions = ['inbound', 'outbound'] as const;

/** One line of a channel's log. */
export class ChannelMessageResponse {
  /** Id of the line. */
  id: string;

  /** Whether somebody wrote it (`inbound`) or the channel sent it. */
  @ApiProperty({ enum: directions, enumName: 'ChannelMessageDirection' })
  direction: (typeof directions)[number];

  /** `accepted`: with the agent; `answered`: the answer was sent; `dropped`: see `reason`; `sent` and `failed`: of what went out. */
  @ApiProperty({ enum: messageStatuses, enumName: 'ChannelMessageStatus' })
  status: MessageStatus;

  /** Why it was dropped (`not_allowed`, `budget_exceeded`, `unknown_agent`, `bot_removed`), what failed, or the command. */
  reason: string | null;

  /** Chat that it came from or went to. */
  chat_id: string | null;

  /** Platform’s id of who wrote it. */
  user_id: string | null;

  /** Name of who wrote it. */
  username: string | null;

  /** What was written, the first 4,000 characters of it. */
  text: string | null;

  /** What the agent answered. */
  reply_text: string | null;

  /** Delivery that took it to the agent. */
  delivery_id: string | null;

  /** When it was taken or sent. */
  @ApiProperty({ format: 'date-time' })
  created_at: string;
}
