import { ApiProperty } from '@nestjs/swagger';

const outcomes = ['accepted', 'ignored', 'no_channel', 'unknown_agent'] as const;

/** What a platform is told. Which members there are depends on the platform and on what it sent. */
export class WebhookReceiptResponse {
  /** What became of it; absent in the answer to a handshake. */
  @ApiProperty({ enum: outcomes, enumName: 'WebhookOutcome' })
  status?: (typeof outcomes)[number];

  /** Slack’s and Lark’s handshake: what they sent. */
  challenge?: string;

  /** Discord: 1 answers a ping, 4 shows `data` to whoever wrote. */
  @ApiProperty({ type: 'integer', format: 'int32', required: false })
  type?: number;

  /** Discord: what is shown. */
  @ApiProperty({ type: 'object', additionalProperties: true, selfRequired: false })
  data?: Record<string, unknown>;

  /** Slack commands: who sees `text`. */
  response_type?: string;

  /** Slack commands: what is shown. */
  text?: string;

  /** The name in brackets that belongs to no channel here. */
  requested_slug?: string;

  /** The names that do. */
  available_slugs?: string[];
}
