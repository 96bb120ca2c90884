import { ObjectListField, TextField, TextListField } from '#http';
import { maxUserId } from './foreign-id.field.js';

/** An app and how much of it the agent gets. */
export class ComposioAppDto {
  /** Slug of the app, in any case. */
  @TextField({ max: 64, example: 'gmail' })
  toolkit?: string | null;

  /** `full` (every tool, also when absent), `read` (tools that only read) or `custom` (those in `tools`). */
  @TextField({ max: 64, example: 'read' })
  mode?: string | null;

  /** Tools for mode `custom`, in any case. Those that the app does not have are dropped. */
  @TextListField({ maxItems: 1_000, maxLength: 200 })
  tools?: string[] | null;
}

/** The apps that an agent is to have from now on. Without `apps` and `toolkits`: every connected app at `full`. */
export class BindComposioAgentDto {
  /** Composio user whose accounts the agent uses. */
  @TextField({ required: true, max: maxUserId, example: 'user-42' })
  user_id: string;

  /** Apps with their modes. Of an app that is named twice the first counts. */
  @ObjectListField(ComposioAppDto, { maxItems: 100 })
  apps?: ComposioAppDto[] | null;

  /** Older form: slugs of apps, each at `full`. Not read beside `apps`. */
  @TextListField({ maxItems: 100, maxLength: 64 })
  toolkits?: string[] | null;
}
