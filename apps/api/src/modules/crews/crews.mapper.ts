import type { SettingsWarning } from '../server-settings/server-settings.types.js';
import { normalizedDomains } from './crew-rules.js';
import type { CountedCrew, Crew } from './crews.types.js';
import type { CrewResponse } from './dto/crew.response.js';
import type { CrewSettingsDto } from './dto/crew-settings.dto.js';

const unenforced = 'No container runtime is attached to this instance: network settings are stored, nothing is run.';

/** A stored row as it is answered. */
export function toCrewResponse(row: CountedCrew, warnings: readonly SettingsWarning[] = []): CrewResponse {
  return {
    id: row.id,
    workspace_id: row.workspaceId,
    name: row.name,
    slug: row.slug,
    description: row.description,
    color: row.color,
    icon: row.icon,
    avatar_style: row.avatarStyle,
    container_memory_mb: row.containerMemoryMb,
    container_cpus: row.containerCpus,
    container_ttl_hours: row.containerTtlHours,
    network_mode: row.networkMode,
    network_mode_enforced: false,
    network_mode_unenforced_reason: unenforced,
    allowed_domains: row.allowedDomains,
    allow_private_endpoints: row.allowPrivateEndpoints,
    ...(row.mcpConfigJson !== null && { mcp_config_json: row.mcpConfigJson }),
    ...(row.escalationConfig !== null && { escalation_config: row.escalationConfig }),
    ...(row.runtimeImage !== null && { runtime_image: row.runtimeImage }),
    ...(row.devcontainerConfig !== null && { devcontainer_config: row.devcontainerConfig }),
    ...(row.miseConfig !== null && { mise_config: row.miseConfig }),
    ...(row.servicesJson !== null && { services_json: row.servicesJson }),
    issue_prefix: row.issuePrefix,
    max_ephemeral_agents: row.maxEphemeralAgents,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    _count: { agents: row.agentCount, members: row.memberCount },
    ...(warnings.length > 0 && { warnings: [...warnings] }),
  };
}

/**
 * The plain columns that a body gives, apart from the blob. Undefined: not given; null clears a nullable column and is no
 * value for others.
 */
export function settingsOf(dto: CrewSettingsDto) {
  return {
    description: dto.description,
    color: dto.color,
    icon: dto.icon,
    avatarStyle: dto.avatar_style,
    networkMode: dto.network_mode ?? undefined,
    allowedDomains: dto.allowed_domains ? normalizedDomains(dto.allowed_domains) : undefined,
    containerMemoryMb: dto.container_memory_mb ?? undefined,
    containerCpus: dto.container_cpus ?? undefined,
    containerTtlHours: dto.container_ttl_hours,
    allowPrivateEndpoints: dto.allow_private_endpoints ?? undefined,
    escalationConfig: dto.escalation_config,
    runtimeImage: dto.runtime_image,
    devcontainerConfig: dto.devcontainer_config,
    miseConfig: dto.mise_config,
    servicesJson: dto.services_json,
    issuePrefix: dto.issue_prefix,
    maxEphemeralAgents: dto.max_ephemeral_agents ?? undefined,
  };
}

/** A new crew before its body is applied. */
export function blankCrew(base: Pick<Crew, 'id' | 'workspaceId' | 'name' | 'slug'>, now: Date): Crew {
  return {
    ...base,
    description: null,
    color: null,
    icon: null,
    avatarStyle: null,
    containerMemoryMb: 4_096,
    containerCpus: 2,
    containerTtlHours: null,
    networkMode: 'restricted',
    allowedDomains: [],
    allowPrivateEndpoints: false,
    mcpConfigJson: null,
    escalationConfig: null,
    runtimeImage: null,
    devcontainerConfig: null,
    miseConfig: null,
    servicesJson: null,
    issuePrefix: null,
    maxEphemeralAgents: 10,
    createdAt: now,
    updatedAt: now,
  };
}
