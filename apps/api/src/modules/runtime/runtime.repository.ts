import { Injectable } from '@nestjs/common';
import type { RuntimeReach } from '#kernel';
import { Prisma, PrismaService } from '#prisma';
import { type RuntimeFacts, runtimeFacts } from './runtime-facts.schema.js';

/** Agents as the runtime sees them: only those that its token reaches. */
@Injectable()
export class RuntimeRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** What a run of the agent needs, in one statement. Null unless it lives, in a live workspace, within reach. */
  async findFacts(reach: RuntimeReach, agentId: string, now: Date): Promise<RuntimeFacts | null> {
    const at = now.toISOString();
    const [row] = await this.prisma.rows<unknown>(Prisma.sql`
      SELECT a.id AS "agentId", a.slug AS "agentSlug", a.agent_role AS "agentRole", a.status, a.cli_adapter AS "cliAdapter",
        a.llm_provider AS "llmProvider", a.llm_model AS "llmModel", a.system_prompt AS "systemPrompt",
        a.tool_profile AS "toolProfile", a.timeout_seconds AS "timeoutSeconds", a.memory_enabled AS "memoryEnabled",
        a.mcp_config_json AS "sealedBlob", a.workspace_id AS "workspaceId", w.preferred_language AS "preferredLanguage",
        w.allow_privileged_credentials AS "allowPrivilegedCredentials",
        CASE WHEN c.id IS NOT NULL THEN json_build_object(
          'id', c.id, 'slug', c.slug, 'networkMode', c.network_mode, 'allowedDomains', coalesce(c.allowed_domains, '{}'),
          'allowPrivateEndpoints', c.allow_private_endpoints, 'memoryMb', c.container_memory_mb, 'cpus', c.container_cpus,
          'ttlHours', c.container_ttl_hours, 'runtimeImage', c.runtime_image, 'devcontainerConfig', c.devcontainer_config,
          'miseConfig', c.mise_config, 'servicesJson', c.services_json,
          'members', coalesce((
            SELECT json_agg(json_build_object('id', m.id, 'slug', m.slug, 'name', m.name, 'agentRole', m.agent_role,
              'roleTitle', m.role_title, 'status', m.status) ORDER BY m.slug, m.id)
            FROM agents m
            WHERE m.crew_id = c.id AND m.id <> a.id AND m.deleted_at IS NULL AND m.expired_at IS NULL
              AND (m.expires_at IS NULL OR m.expires_at > ${at}::timestamptz)), '[]')
        ) END AS crew,
        coalesce((
          SELECT json_agg(json_build_object('credentialId', g.credential_id, 'credentialName', g.name,
            'credentialType', g.type, 'envVarName', g.env_var_name, 'priority', g.priority,
            'expiresAtMs', (extract(epoch FROM g.expires_at) * 1000)::bigint)
            ORDER BY g.priority DESC, g.rank, g.created_at DESC, g.credential_id)
          FROM (
            SELECT DISTINCT ON (u.credential_id) u.*, k.name, k.type
            FROM (
              SELECT 1 AS rank, e.credential_id, e.env_var_name, e.priority, e.expires_at, e.created_at
              FROM agent_credentials e
              WHERE e.agent_id = a.id AND (e.expires_at IS NULL OR e.expires_at > ${at}::timestamptz)
              UNION ALL
              SELECT 2, l.credential_id, NULL, 0, NULL, l.created_at FROM credential_crews l WHERE l.crew_id = c.id
            ) u
            JOIN credentials k ON k.id = u.credential_id AND k.workspace_id = a.workspace_id AND k.deleted_at IS NULL
            ORDER BY u.credential_id, u.rank
          ) g
        ), '[]') AS grants
      FROM agents a
      JOIN workspaces w ON w.id = a.workspace_id AND w.deleted_at IS NULL
      LEFT JOIN crews c ON c.id = a.crew_id AND c.workspace_id = a.workspace_id AND c.deleted_at IS NULL
      WHERE ${within(reach, agentId, at)}`);
    return row === undefined ? null : runtimeFacts.parse(row);
  }

  /** The workspace of a live agent within reach. */
  async findWorkspaceOf(reach: RuntimeReach, agentId: string, now: Date): Promise<string | null> {
    const [row] = await this.prisma.rows<{ workspaceId: string }>(Prisma.sql`
      SELECT a.workspace_id AS "workspaceId"
      FROM agents a
      JOIN workspaces w ON w.id = a.workspace_id AND w.deleted_at IS NULL
      LEFT JOIN crews c ON c.id = a.crew_id AND c.workspace_id = a.workspace_id AND c.deleted_at IS NULL
      WHERE ${within(reach, agentId, now.toISOString())}`);
    return row?.workspaceId ?? null;
  }
}

// Agents that were hired for a while are gone when it is over, like deleted ones.
function within({ workspaceId, crewId, agentId: boundTo }: RuntimeReach, agentId: string, at: string): Prisma.Sql {
  return Prisma.sql`
    a.id = ${agentId}::text AND a.deleted_at IS NULL AND a.expired_at IS NULL
      AND (a.expires_at IS NULL OR a.expires_at > ${at}::timestamptz)
      AND (${workspaceId}::text IS NULL OR a.workspace_id = ${workspaceId}::text)
      AND (${crewId}::text IS NULL OR c.id = ${crewId}::text)
      AND (${boundTo}::text IS NULL OR a.id = ${boundTo}::text)`;
}
