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
import { type AuthStatus, authStatuses } from '../crew-integrations.types.js';

/** An MCP server of a crew: its own, or its override of a workspace one (seed 000, "Crew Integrations"). */
export class CrewIntegrationResponse {
  /** Id of the crew integration. */
  id: string;

  /** Id of its crew. */
  crew_id: string;

  /** Id of the workspace integration that it overrides; null for a server of the crew's own. */
  workspace_mcp_server_id: string | null;

  /** Internal name, unique in the crew. */
  name: string;

  /** Name shown to people: its own, else the workspace integration's, else the internal name. */
  display_name: string;

  /** How the server is reached, inherited where `inherited` says so. */
  @ApiProperty({ enum: transports, enumName: 'Transport' })
  transport: Transport;

  /** Its own URL; null when it has none or inherits. */
  endpoint: string | null;

  /** Its own executable; null when it has none or inherits. */
  command: string | null;

  /** Its own JSON array of the command's arguments; null when it has none or inherits. */
  args_json: string | null;

  /** Its own JSON object of environment variables: references as written, sealed literals as `***`. */
  env_json: string | null;

  /** Its own JSON object of further settings, laid over the workspace integration's; sealed header values as `***`. */
  config_json: string | null;

  /** Its own icon; null when it has none or inherits. */
  icon: string | null;

  /** Whether the server is offered to the crew. Off hides the workspace integration that it overrides. */
  enabled: boolean;

  /** Who of the crew sees the server; null inherits. */
  @ApiProperty({ enum: visibilities, enumName: 'Visibility', nullable: true })
  visibility: Visibility | null;

  /** Credential for everybody whose binding names no other in this crew; null without one, or when it is deleted. */
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

  /** Members whose value follows the workspace integration, now and when that one changes. */
  @ApiProperty({ type: [String], maxItems: 10, example: ['endpoint', 'env_json'] })
  inherited: string[];

  /** When it was made (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** When it was last changed (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  updated_at: string;

  /** Bindings of live agents to this crew integration. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  agent_binding_count: number;

  /**
   * State of the credentials that are sent for the crew's live agents, from bindings, this row or the one it overrides: `none` where no credential applies,
   * `missing` without any, `expired` when one no longer works, else `connected`.
   */
  @ApiProperty({ enum: authStatuses, enumName: 'AuthStatus' })
  auth_status: AuthStatus;

  /** Only after a change: what was accepted, but will not work as it is. */
  @ApiProperty({ type: () => [SettingsWarningResponse], required: false, maxItems: 100 })
  warnings?: SettingsWarningResponse[];
}
