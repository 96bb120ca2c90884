import { ChoiceField, FlagField, IdField, TextField } from '#http';
import { type CredType, credTypes } from '../../server-settings/server-settings.types.js';

/** Changes of a binding; at least one member. Absent members stay, null and `""` clear. */
export class UpdateAgentBindingDto {
  /** Credential to send; null or `""` takes it away. */
  @IdField({ nullable: true })
  credential_id?: string | null;

  /** How the credential is sent. */
  @ChoiceField(credTypes, { enumName: 'CredType', message: "cred_type must be 'bearer', 'api_key', or 'basic'" })
  cred_type?: CredType;

  /** Header for `api_key`. */
  @TextField({ max: 255, nullable: true, example: 'X-API-Key' })
  cred_header?: string | null;

  /** Environment variable that takes the credential of a `stdio` server. */
  @TextField({ max: 255, nullable: true })
  env_var_name?: string | null;

  /** Whether the server is for this agent. */
  @FlagField({ example: false })
  enabled?: boolean;

  /** JSON object laid over the server's `config_json`; `***` leaves a sealed value as it was. */
  @TextField({ max: 65_536, nullable: true })
  config_override_json?: string | null;
}
