import { ApiProperty } from '@nestjs/swagger';
import { ComposioToolkitReferenceResponse } from './toolkit-reference.response.js';
import { UpstreamText } from './upstream-text.field.js';

/** A kind of event that an app raises. */
export class ComposioTriggerTypeResponse {
  /** Slug in upper case, such as `GMAIL_NEW_GMAIL_MESSAGE`. */
  @UpstreamText()
  slug: string;

  /** Name for people. */
  @UpstreamText()
  name: string;

  /** When it fires. */
  @UpstreamText()
  description: string;

  /** `poll` or `webhook`. */
  @UpstreamText()
  type: string;

  /** Its app. */
  toolkit: ComposioToolkitReferenceResponse;
}

/** Trigger types that match. */
export class ComposioTriggerTypesResponse {
  /** Whether there is a key, the workspace's or the server's. Without one the list is empty. */
  enabled: boolean;

  /** How many trigger types match in all. */
  total: number;

  /** The first of them, at most `limit`. */
  triggers: ComposioTriggerTypeResponse[];
}

/** A trigger of one Composio user. */
export class ComposioTriggerResponse {
  /** Id at Composio. */
  @UpstreamText()
  id: string;

  /** Slug of its type. */
  @UpstreamText()
  trigger_name: string;

  /** Composio user that it fires for. */
  @UpstreamText()
  user_id: string;

  /** Account that it watches; empty where Composio chooses. */
  @UpstreamText()
  connected_account_id: string;

  /** Settings of its type; null when it has none. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  trigger_config: Record<string, unknown> | null;

  /** Since when it does not fire. Absent while it does. */
  @ApiProperty({ type: String, format: 'date-time', required: false })
  disabled_at?: string;
}

/** Triggers that fire. */
export class ComposioActiveTriggersResponse {
  /** Whether there is a key, the workspace's or the server's. Without one the list is empty. */
  enabled: boolean;

  /** All of them, of every user. */
  triggers: ComposioTriggerResponse[];
}

/** The trigger that was made or enabled. */
export class ComposioTriggerCreatedResponse {
  /** Always true. */
  enabled: boolean;

  /** The trigger. */
  trigger: ComposioTriggerResponse;
}
