import { IntegerField, TextField } from '#http';

const bothRequired = 'credential_id and env_var_name are required';

/** A credential to grant to an agent. */
export class AssignCredentialDto {
  /** Id of the credential. */
  @TextField({ required: true, max: 64, message: bothRequired, example: 'cmhq3v1x0a1b2c3d4e5f6g7h8' })
  credential_id: string;

  /** Environment variable that carries the value; stored in upper case, hyphens as underscores. */
  @TextField({ required: true, max: 255, message: bothRequired, example: 'GH_TOKEN' })
  env_var_name: string;

  /** Which of several comes first: higher wins. */
  @IntegerField({ min: -1_000_000, max: 1_000_000, default: 0 })
  priority?: number;

  /** Seconds until the grant ends by itself, at most 30 days; 0 and absent mean never. */
  @IntegerField({ min: 0, max: 2_592_000 })
  ttl_seconds?: number;
}
