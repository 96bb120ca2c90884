import { ApiProperty } from '@nestjs/swagger';
import { credentialTypes } from '../../credentials/credentials.types.js';
import { RuntimeProblemResponse, RuntimeServerResponse } from './runtime-server.response.js';

/** A credential that the agent gets as an environment variable. */
export class RuntimeCredentialResponse {
  /** Id of the credential. */
  id: string;

  /** Variable to put it into: the grant's, else made from the credential's name. */
  env_var: string;

  /** The value itself. */
  @ApiProperty({ maxLength: 1_048_576 })
  value: string;

  /** Higher goes first where two have the same variable; the list is in that order. */
  @ApiProperty({ type: 'integer', format: 'int32' })
  priority: number;

  /** What kind of secret it is. */
  @ApiProperty({ enum: credentialTypes, enumName: 'CredentialType' })
  type: string;

  /** Name of the person or account. Absent when none is stored. */
  username?: string;

  /** When the grant ends (RFC 3339, UTC). Absent for one without an end, and for credentials of the crew. */
  @ApiProperty({ format: 'date-time', required: false })
  lease_expires_at?: string;
}

/** Another agent of the crew. */
export class RuntimeCrewMemberResponse {
  /** Id of the agent. */
  id: string;

  /** Short name of the agent. */
  slug: string;

  /** Name shown to people. */
  name: string;

  /** `AGENT` or `LEAD`. */
  agent_role: string;

  /** Job title. */
  role_title: string | null;

  /** `IDLE`, `RUNNING` or `ERROR`. */
  status: string;
}

/** Everything that a run of an agent needs. Holds secrets in clear: for the agents' runtime only, and never to be stored. */
export class AgentRuntimeResponse {
  /** Id of the agent. */
  agent_id: string;

  /** Short name of the agent. */
  agent_slug: string;

  /** `AGENT` or `LEAD`. */
  agent_role: string;

  /** `IDLE`, `RUNNING` or `ERROR`. */
  agent_status: string;

  /** Id of the agent's live crew. */
  crew_id: string | null;

  /** Short name of the crew. */
  crew_slug: string | null;

  /** Always empty: containers are the runtime's own. */
  @ApiProperty({ type: String, enum: [''] })
  container_id: '';

  /** Always empty: crews are not connected with each other here. */
  @ApiProperty({ type: [String], maxItems: 10_000, example: [] })
  connected_crews: readonly string[];

  /** Always false: the runtime has to hold its containers to `network_mode`. */
  @ApiProperty({ type: Boolean })
  network_mode_enforced: boolean;

  /** Always null: no images are built here. */
  @ApiProperty({ type: String, nullable: true })
  cached_image: null;

  /** Always null, as `cached_image` is. */
  @ApiProperty({ type: String, nullable: true })
  cached_requirements: null;

  /** Always empty: what a workspace has installed is listed at `…/plugins`. */
  @ApiProperty({ type: [String], maxItems: 10_000, example: [] })
  installed_skills: readonly string[];

  /** Always null: the resources of a crew are `memory_mb` and `cpus`. */
  @ApiProperty({ type: String, nullable: true })
  crew_resources: null;

  /** Always null: an agent asks for an approval when it wants one. */
  @ApiProperty({ type: String, nullable: true })
  approval_mode: null;

  /** Always null: models are the runtime's own. */
  @ApiProperty({ type: String, nullable: true })
  local_model_base_url: null;

  /** Program that runs the agent. */
  cli_adapter: string;

  /** Name of the language model. */
  llm_model: string | null;

  /** Provider of the language model. */
  llm_provider: string | null;

  /** Instructions of the agent. */
  system_prompt: string | null;

  /** Which built-in tools the agent has. */
  tool_profile: string;

  /**
   * What the agent gets for itself: its grants that have not expired, and the credentials of its crew. Only active ones that
   * have a value and have not expired; the first of a variable's name goes before the others.
   */
  @ApiProperty({ type: [RuntimeCredentialResponse], maxItems: 100_000 })
  credentials: RuntimeCredentialResponse[];

  /** Seconds after which a run is ended. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  timeout_seconds: number;

  /** Id of the workspace. */
  workspace_id: string;

  /** Language that the workspace wants answers in. */
  preferred_language: string | null;

  /** Whether the agent keeps a memory. */
  memory_enabled: boolean;

  /** The other agents of the crew, by slug. Empty outside any crew. */
  @ApiProperty({ type: [RuntimeCrewMemberResponse], maxItems: 100_000 })
  crew_members: RuntimeCrewMemberResponse[];

  /** What the crew's containers may reach; null outside any crew, as all container settings are. */
  network_mode: string | null;

  /** Domains that a restricted crew may reach. */
  @ApiProperty({ type: [String], nullable: true, maxItems: 500 })
  allowed_domains: string[] | null;

  /** Whether the crew may reach private addresses. */
  allow_private_endpoints: boolean | null;

  /** Memory of the container in MiB; 0 for the runtime's default. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, nullable: true })
  memory_mb: number | null;

  /** Processors of the container; 0 for the runtime's default. */
  @ApiProperty({ type: 'number', format: 'double', minimum: 0, nullable: true })
  cpus: number | null;

  /** Hours after which an idle container ends. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, nullable: true })
  ttl_hours: number | null;

  /** The agent's effective servers by name, those that cannot be used included: see `ready`. */
  @ApiProperty({ type: [RuntimeServerResponse], maxItems: 10_000 })
  mcp_servers: RuntimeServerResponse[];

  /** Image of the container. */
  runtime_image: string | null;

  /** Devcontainer settings (JSON). */
  devcontainer_config: string | null;

  /** Settings of mise. */
  mise_config: string | null;

  /** Services beside the container (JSON). */
  services_json: string | null;

  /** Always null: a crew's servers are integrations and stand in `mcp_servers`, unless they were switched off there. */
  @ApiProperty({ type: String, nullable: true })
  crew_mcp_config_json: null;

  /** The agent's own `{"mcpServers": …}` with values in place. Servers that lack a value are left out and named in `problems`. */
  @ApiProperty({ type: String, nullable: true, maxLength: 1_048_576 })
  agent_mcp_config_json: string | null;

  /** What is wrong beside the servers: with `agent_mcp_config_json`, and credentials that are held back. */
  @ApiProperty({ type: [RuntimeProblemResponse], maxItems: 100_000 })
  problems: RuntimeProblemResponse[];
}
