import { ApiProperty } from '@nestjs/swagger';
import { SettingsWarningResponse } from '../../server-settings/dto/settings-warning.response.js';
import {
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

  /** Members whose value follows the workspace integration, now and when that one changes. */
  @ApiProperty({ type: [String], maxItems: 9, example: ['endpoint', 'env_json'] })
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
   * State of the credentials that bindings of the crew's live agents would send: `none` where no credential applies,
   * `missing` without any, `expired` when one no longer works, else `connected`.
   */
  @ApiProperty({ enum: authStatuses, enumName: 'AuthStatus' })
  auth_status: AuthStatus;

  /** Only after a change: what was accepted, but will not work as it is. */
  @ApiProperty({ type: () => [SettingsWarningResponse], required: false, maxItems: 100 })
  warnings?: SettingsWarningResponse[];
}
