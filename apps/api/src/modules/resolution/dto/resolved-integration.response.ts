import { ApiProperty } from '@nestjs/swagger';
import { type Transport, transports } from '../../server-settings/server-settings.types.js';

/** Level at which a server is defined. */
export const serverScopes = ['workspace', 'crew'] as const;

/** One MCP server as the agent has it, after all levels (seed 000, "Resolve Agent Integrations"). */
export class ResolvedIntegrationResponse {
  /** Id of the nearest row: the crew's where a crew row defines or overrides the server. */
  server_id: string;

  /** Level of the nearest row. */
  @ApiProperty({ enum: serverScopes, enumName: 'ServerScope' })
  scope: 'workspace' | 'crew';

  /** Name, unique among the agent's servers. */
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

  /** JSON object of further settings, merged from all levels (RFC 7396). */
  config_json: string | null;

  /** Icon to show. */
  icon: string | null;

  /** Always true: servers that are off are not listed. */
  enabled: boolean;

  /** Id of the credential that the nearest row names: the agent's binding, else the crew's server, else the workspace's. */
  credential_id: string | null;

  /** Name of that credential. */
  credential_name: string | null;

  /** Names of the offered tools, sorted; null when nothing is known of the server's tools, empty when none is offered. */
  @ApiProperty({ type: [String], nullable: true, maxItems: 100_000 })
  tools: string[] | null;
}
