import { ApiProperty } from '@nestjs/swagger';
import { SettingsWarningResponse } from '../../server-settings/dto/settings-warning.response.js';
import { networkModes } from '../crews.types.js';

/** How many a crew has. */
export class CrewCountsResponse {
  /** Live agents. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  agents: number;

  /** Members. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  members: number;
}

/** A group of agents that share integrations. Container settings are kept for the runtime; nothing here runs them. */
export class CrewResponse {
  /** Id of the crew. */
  id: string;

  /** Id of its workspace. */
  workspace_id: string;

  /** Name shown to people. */
  name: string;

  /** Short name, unique among the live crews of the workspace. */
  slug: string;

  /** What the crew is for. */
  description: string | null;

  /** Colour to show. */
  color: string | null;

  /** Icon to show. */
  icon: string | null;

  /** Style of the members' avatars. */
  avatar_style: string | null;

  /** Memory of a container in MiB; 0 for the runtime's default. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, maximum: 262_144 })
  container_memory_mb: number;

  /** Processors of a container; 0 for the runtime's default. */
  @ApiProperty({ type: 'number', format: 'double', minimum: 0, maximum: 512 })
  container_cpus: number;

  /** Hours after which an idle container ends. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, nullable: true })
  container_ttl_hours: number | null;

  /** What the containers may reach. */
  @ApiProperty({ enum: networkModes, enumName: 'NetworkMode' })
  network_mode: string;

  /** Whether the network mode is enforced: always false, since nothing here runs containers. */
  network_mode_enforced: boolean;

  /** Why it is not enforced. */
  network_mode_unenforced_reason?: string;

  /** Domains that a restricted crew may reach. */
  @ApiProperty({ type: [String], maxItems: 500 })
  allowed_domains: string[];

  /** Whether agents may reach private addresses. */
  allow_private_endpoints: boolean;

  /** The last `mcpServers` text, secrets as `***`. Absent when there is none. */
  mcp_config_json?: string;

  /** Escalation settings. Absent when there are none. */
  escalation_config?: string;

  /** Image of the containers. Absent when none is set. */
  runtime_image?: string;

  /** Devcontainer settings. Absent when there are none. */
  devcontainer_config?: string;

  /** Settings of mise. Absent when there are none. */
  mise_config?: string;

  /** Services beside the containers. Absent when there are none. */
  services_json?: string;

  /** Prefix of the crew's issue numbers. */
  issue_prefix: string | null;

  /** Most agents that the crew may hire for a while. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  max_ephemeral_agents: number;

  /** When it was made (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** When it was last changed (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  updated_at: string;

  /** How many it has. */
  _count: CrewCountsResponse;

  /** Only after a change: what was accepted, but will not work as it is. */
  @ApiProperty({ type: () => [SettingsWarningResponse], required: false, maxItems: 1000 })
  warnings?: SettingsWarningResponse[];
}
