import { ChoiceField, IdField, TextField } from '#http';
import {
  type CredType,
  credTypes,
  type Transport,
  transports,
  type Visibility,
  visibilities,
} from '../../server-settings/server-settings.types.js';

/** A new MCP server of a crew: its own, or an override of a workspace one, of which it inherits what is not given. */
export class CreateCrewIntegrationDto {
  /** Workspace integration to override; absent or `""` for a server of the crew's own. */
  @IdField({ nullable: true })
  workspace_mcp_server_id?: string | null;

  /** Internal name, unique in the crew. */
  @TextField({ required: true, max: 255, notBlank: true, example: 'github-mcp' })
  name: string;

  /** Name shown to people; inherited or the internal name unless given. */
  @TextField({ max: 255, nullable: true, example: 'GitHub of the platform crew' })
  display_name?: string | null;

  /** How the server is reached; inherited or `streamable-http` unless given. */
  @ChoiceField(transports, {
    enumName: 'Transport',
    message: "transport must be 'streamable-http' or 'stdio'",
    example: 'streamable-http',
  })
  transport?: Transport;

  /** URL of the server; required for `streamable-http` unless inherited. Private addresses are refused. */
  @TextField({ max: 2048, nullable: true, example: 'https://mcp.example.com/mcp' })
  endpoint?: string | null;

  /** Executable to start; required for `stdio` unless inherited. Arguments go to `args_json`. */
  @TextField({ max: 1024, nullable: true })
  command?: string | null;

  /** JSON array of strings: the command's arguments. Replaces inherited ones. */
  @TextField({ max: 65_536, nullable: true })
  args_json?: string | null;

  /** JSON object of environment variables, replacing inherited ones. Literal secrets are sealed. */
  @TextField({ max: 65_536, nullable: true })
  env_json?: string | null;

  /** JSON object of further settings, laid over inherited ones as a merge patch (RFC 7396). */
  @TextField({ max: 65_536, nullable: true })
  config_json?: string | null;

  /** Icon to show. */
  @TextField({ max: 255, nullable: true, example: 'github' })
  icon?: string | null;

  /** Who of the crew sees the server; inherited or `auto` unless given. */
  @ChoiceField(visibilities, { enumName: 'Visibility' })
  visibility?: Visibility;

  /** Credential for everybody who has the server and whose binding names no other; inherited unless given. One that is limited to crews must be of this one. `""` counts as absent. */
  @IdField({ nullable: true })
  credential_id?: string | null;

  /** How that credential is sent; `bearer` unless given. */
  @ChoiceField(credTypes, {
    enumName: 'CredType',
    nullable: true,
    message: "cred_type must be 'bearer', 'api_key', or 'basic'",
  })
  cred_type?: CredType | null;

  /** Header for `api_key`; `X-API-Key` unless given. */
  @TextField({ max: 255, nullable: true, example: 'X-API-Key' })
  cred_header?: string | null;

  /** Environment variable that takes the credential of a `stdio` server. */
  @TextField({ max: 255, nullable: true, example: 'GITHUB_TOKEN' })
  env_var_name?: string | null;
}
