import { TextField } from '#http';

/** For whom the default connector is. The body may be left out. */
export class UpdateComposioDefaultDto {
  /** Composio user. Absent or empty: the one that is set, else the only one with connected accounts. */
  @TextField({ max: 255, example: 'user-42' })
  user_id?: string | null;
}
