import { TextField } from '#http';
import { maxUserId } from './foreign-id.field.js';

/** For whom the default connector is. The body may be left out. */
export class UpdateComposioDefaultDto {
  /** Composio user. Absent or empty: the one that is set, else the only one with connected accounts. */
  @TextField({ max: maxUserId, example: 'user-42' })
  user_id?: string | null;
}
