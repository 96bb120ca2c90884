import { ChoiceField, FlagField, IdField, TextField } from '#http';
import {
  type CredType,
  credTypes,
  type Transport,
  transports,
  type Visibility,
  visibilities,
} from '../../server-settings/server-settings.types.js';

/** Changes of a workspace's MCP server. Absent members stay; null clears a nullable one. The name cannot change. */
export class UpdateWorkspaceIntegrationDto {
  /** Name shown to people. */
  @TextField({ max: 255, nullable: true, example: 'GitHub MCP Server' })
  display_name?: string | null;

  /** How the server is reached. The endpoint or command that it needs must be there after the change. */
  @ChoiceField(transports, { enumName: 'Transport', message: "transport must be 'streamable-http' or 'stdio'" })
  transport?: Transport;

  /** URL of the server. Private addresses are refused. */
  @TextField({ max: 2048, nullable: true })
  endpoint?: string | null;

  /** Executable to start. */
  @TextField({ max: 1024, nullable: true })
  command?: string | null;

  /** JSON array of strings: the command's arguments. */
  @TextField({ max: 65_536, nullable: true })
  args_json?: string | null;

  /** JSON object of environment variables; `***` leaves a sealed value as it was. */
  @TextField({ max: 65_536, nullable: true })
  env_json?: string | null;

  /** JSON object of further settings; `***` leaves a sealed value as it was. */
  @TextField({ max: 65_536, nullable: true })
  config_json?: string | null;

  /** Icon to show. */
  @TextField({ max: 255, nullable: true })
  icon?: string | null;

  /** Whether the server is offered. With `locked`, off holds for everybody. */
  @FlagField({ example: false })
  enabled?: boolean;

  /** Who sees the server. */
  @ChoiceField(visibilities, { enumName: 'Visibility' })
  visibility?: Visibility;

  /** Whether "off" holds for everybody and narrower levels may not widen the visibility. */
  @FlagField()
  locked?: boolean;

  /** Credential for everybody whose binding names no other; null or `""` takes it away. */
  @IdField({ nullable: true })
  credential_id?: string | null;

  /** How that credential is sent. */
  @ChoiceField(credTypes, {
    enumName: 'CredType',
    nullable: true,
    message: "cred_type must be 'bearer', 'api_key', or 'basic'",
  })
  cred_type?: CredType | null;

  /** Header for `api_key`. */
  @TextField({ max: 255, nullable: true, example: 'X-API-Key' })
  cred_header?: string | null;

  /** Environment variable that takes the credential of a `stdio` server. */
  @TextField({ max: 255, nullable: true })
  env_var_name?: string | null;
}
