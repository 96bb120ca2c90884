import { ApiProperty } from '@nestjs/swagger';
import { SettingsWarningResponse } from '../../server-settings/dto/settings-warning.response.js';
import { type CredType, credTypes } from '../../server-settings/server-settings.types.js';
import { type ServerScope, serverScopes } from '../agent-bindings.types.js';

/** What one agent says of one server (seed 000, "Agent MCP Bindings"). */
export class AgentBindingResponse {
  /** Id of the binding. */
  id: string;

  /** Id of the agent. */
  agent_id: string;

  /** Id of the bound server. */
  mcp_server_id: string;

  /** Where that server is defined. */
  @ApiProperty({ enum: serverScopes, enumName: 'McpServerScope' })
  mcp_server_scope: ServerScope;

  /** Credential that is sent; null without one, or when it is deleted. */
  credential_id: string | null;

  /** How the credential is sent. */
  @ApiProperty({ enum: credTypes, enumName: 'CredType' })
  cred_type: CredType;

  /** Header for `api_key`. */
  cred_header: string | null;

  /** Environment variable that takes the credential of a `stdio` server. */
  env_var_name: string | null;

  /** Whether the server is for this agent. */
  enabled: boolean;

  /** JSON object laid over the server's `config_json`; sealed values as `***`. */
  config_override_json: string | null;

  /** When it was made (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** When it was last changed (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  updated_at: string;

  /** Internal name of the server. */
  server_name: string;

  /** Name of the server that is shown to people. */
  server_display_name: string;

  /** Name of the credential. */
  credential_name: string | null;

  /** Only after a change: what was accepted, but will not work as it is. */
  @ApiProperty({ type: () => [SettingsWarningResponse], required: false, maxItems: 100 })
  warnings?: SettingsWarningResponse[];
}
