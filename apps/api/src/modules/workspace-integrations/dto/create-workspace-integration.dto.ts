import { ChoiceField, FlagField, IdField, TextField } from '#http';
import {
  type CredType,
  credTypes,
  type Transport,
  transports,
  type Visibility,
  visibilities,
} from '../../server-settings/server-settings.types.js';

/** A new MCP server of the workspace (seed 000, "Create Workspace Integration"). */
export class CreateWorkspaceIntegrationDto {
  /** Internal name, unique in the workspace. Crew rows of the same name override it. */
  @TextField({ required: true, max: 255, notBlank: true, example: 'github-mcp' })
  name: string;

  /** Name shown to people; the internal name unless given. */
  @TextField({ max: 255, nullable: true, example: 'GitHub MCP Server' })
  display_name?: string | null;

  /** How the server is reached. */
  @ChoiceField(transports, {
    enumName: 'Transport',
    default: 'streamable-http',
    message: "transport must be 'streamable-http' or 'stdio'",
    example: 'stdio',
  })
  transport?: Transport;

  /** URL of the server; required for `streamable-http`. Private addresses are refused. */
  @TextField({ max: 2048, nullable: true })
  endpoint?: string | null;

  /** Executable to start; required for `stdio`. Arguments go to `args_json`. */
  @TextField({ max: 1024, nullable: true, example: 'npx' })
  command?: string | null;

  /** JSON array of strings: the command's arguments. */
  @TextField({ max: 65_536, nullable: true, example: '["-y", "@modelcontextprotocol/server-github"]' })
  args_json?: string | null;

  /** JSON object of environment variables. `{{credential:name}}` refers to a credential; literal secrets are sealed. */
  @TextField({ max: 65_536, nullable: true, example: '{"GITHUB_TOKEN": "{{credential:github-token}}"}' })
  env_json?: string | null;

  /**
   * JSON object of further settings. The string members of its `headers` are sent as HTTP headers; `"transport": "sse"` says
   * that the server speaks the HTTP+SSE transport of MCP 2024-11-05.
   */
  @TextField({ max: 65_536, nullable: true })
  config_json?: string | null;

  /** Icon to show. */
  @TextField({ max: 255, nullable: true, example: 'github' })
  icon?: string | null;

  /** Who sees the server: `auto` (everyone until an agent is bound to it, then the bound ones), `everyone` or `bound`. */
  @ChoiceField(visibilities, { enumName: 'Visibility', default: 'auto' })
  visibility?: Visibility;

  /** Whether "off" holds for everybody and narrower levels may not widen the visibility. */
  @FlagField({ default: false })
  locked?: boolean;

  /** Credential for everybody who has the server and whose binding names no other; one of the whole workspace. `""` counts as absent. */
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
