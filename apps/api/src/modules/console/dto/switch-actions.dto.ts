import { TextListField } from '#http';

/** Tools to switch. */
export class SwitchActionsDto {
  /** Ids of tools, as `actions` and `tools` list them. Ids that are not the agent's are passed over. */
  @TextListField({ required: true, maxItems: 1_000, maxLength: 128, example: ['cmhq3v1x0a1b2c3d4e5f6g7h8'] })
  action_ids: string[];
}
