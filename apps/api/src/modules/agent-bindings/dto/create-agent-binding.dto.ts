import { ChoiceField, FlagField, IdField, TextField } from '#http';
import { type CredType, credTypes } from '../../server-settings/server-settings.types.js';
import { type ServerScope, serverScopes } from '../agent-bindings.types.js';

/** A server for an agent (seed 000, "Create Agent Binding"). */
export class CreateAgentBindingDto {
  /** Server to bind: an integration of the workspace, or of the agent's own crew. */
  @IdField({ required: true })
  mcp_server_id: string;

  /** Where that server is defined. */
  @ChoiceField(serverScopes, {
    required: true,
    enumName: 'McpServerScope',
    message: "mcp_server_scope must be 'workspace' or 'crew'",
    example: 'workspace',
  })
  mcp_server_scope: ServerScope;

  /** Credential to send. One that is limited to crews must be of the agent's. `""` counts as absent. */
  @IdField({ nullable: true })
  credential_id?: string | null;

  /** How the credential is sent. */
  @ChoiceField(credTypes, {
    enumName: 'CredType',
    default: 'bearer',
    message: "cred_type must be 'bearer', 'api_key', or 'basic'",
  })
  cred_type?: CredType;

  /** Header for `api_key`; `X-API-Key` unless given. */
  @TextField({ max: 255, nullable: true, example: 'X-API-Key' })
  cred_header?: string | null;

  /** Environment variable that takes the credential of a `stdio` server. */
  @TextField({ max: 255, nullable: true, example: 'GITHUB_TOKEN' })
  env_var_name?: string | null;

  /** Whether the server is for this agent. Off opts this agent out, and no other. */
  @FlagField({ default: true })
  enabled?: boolean;

  /** JSON object laid over the server's `config_json` as a merge patch (RFC 7396). Literal secrets are sealed. */
  @TextField({ max: 65_536, nullable: true, example: '{"headers":{"X-Team":"platform"}}' })
  config_override_json?: string | null;
}
