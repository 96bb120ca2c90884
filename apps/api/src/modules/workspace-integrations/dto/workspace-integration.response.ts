import { ApiProperty } from '@nestjs/swagger';
import { SettingsWarningResponse } from '../../server-settings/dto/settings-warning.response.js';
import {
  type CredType,
  credTypes,
  type Transport,
  transports,
  type Visibility,
  visibilities,
} from '../../server-settings/server-settings.types.js';

/** An MCP server that the workspace offers to its crews and agents (seed 000, "List Workspace Integrations"). */
export class WorkspaceIntegrationResponse {
  /** Id of the integration. */
  id: string;

  /** Id of its workspace. */
  workspace_id: string;

  /** Internal name, unique in the workspace. */
  name: string;

  /** Name shown to people. */
  display_name: string;

  /** How the server is reached. */
  @ApiProperty({ enum: transports, enumName: 'Transport' })
  transport: Transport;

  /** URL of the server. */
  endpoint: string | null;

  /** Executable to start. */
  command: string | null;

  /** JSON array of the command's arguments. */
  args_json: string | null;

  /** JSON object of environment variables: references as written, sealed literals as `***`. */
  env_json: string | null;

  /** JSON object of further settings; sealed header values as `***`. */
  config_json: string | null;

  /** Icon to show. */
  icon: string | null;

  /** Whether the server is offered. */
  enabled: boolean;

  /** Whether "off" holds for everybody and narrower levels may not widen the visibility. */
  locked: boolean;

  /** Who sees the server. */
  @ApiProperty({ enum: visibilities, enumName: 'Visibility' })
  visibility: Visibility;

  /** Credential for everybody whose binding names no other; null without one, or when it is deleted. */
  credential_id: string | null;

  /** Name of that credential. */
  credential_name: string | null;

  /** How that credential is sent; null leaves it to the default, `bearer`. Counts only where the row names one. */
  @ApiProperty({ enum: credTypes, enumName: 'CredType', nullable: true })
  cred_type: CredType | null;

  /** Header for `api_key`. */
  cred_header: string | null;

  /** Environment variable that takes the credential of a `stdio` server. */
  env_var_name: string | null;

  /** What made the row: `custom` for a request, else the feature that registered it, such as `connector`. */
  origin: string;

  /** Which one of that kind, such as the id of the connector. */
  origin_ref: string | null;

  /** When it was registered (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** When it was last changed (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  updated_at: string;

  /** Bindings of live agents to this server. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  agent_binding_count: number;

  /** Crew rows that are linked to this server. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  crew_server_count: number;

  /** Only after a change: what was accepted, but will not work as it is. */
  @ApiProperty({ type: () => [SettingsWarningResponse], required: false, maxItems: 100 })
  warnings?: SettingsWarningResponse[];
}
