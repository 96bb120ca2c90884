import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import type { WorkspaceScope } from '#kernel';
import { Prisma, PrismaService, sharedReads } from '#prisma';
import type { CredentialRow } from '#resolver-core';
import { credentialStatus, type ResolutionRows, resolutionRow, toResolutionRows } from './resolution-rows.schema.js';

interface AgentKey {
  workspaceId: string;
  agentId: string;
}

/**
 * Gathers everything that one agent's cascade depends on, in one statement and hence in one snapshot. Requests of the
 * same moment share it.
 */
@Injectable()
export class ResolutionRepository {
  readonly #find: (key: AgentKey) => Promise<ResolutionRows | null>;
  readonly #findWithReferences: (key: AgentKey) => Promise<ResolutionRows | null>;

  constructor(
    private readonly prisma: PrismaService,
    private readonly config: AppConfig,
  ) {
    this.#find = sharedReads((keys) => this.#read(keys, false), sharing);
    this.#findWithReferences = sharedReads((keys) => this.#read(keys, true), sharing);
  }

  /** The rows of a live agent of the workspace; null when there is none. */
  findRows(scope: Pick<WorkspaceScope, 'workspaceId'>, agentId: string): Promise<ResolutionRows | null> {
    return this.#find({ workspaceId: scope.workspaceId, agentId });
  }

  /** The same with the credentials that settings refer to by name, which only an explanation needs. */
  findRowsWithReferences(scope: WorkspaceScope, agentId: string): Promise<ResolutionRows | null> {
    return this.#findWithReferences({ workspaceId: scope.workspaceId, agentId });
  }

  /** The live credentials among the ids and names, as the cascade takes them. */
  async findCredentials(
    scope: WorkspaceScope,
    ids: readonly string[],
    names: readonly string[],
  ): Promise<CredentialRow[]> {
    if (ids.length === 0 && names.length === 0) return [];
    const rows = await this.prisma.client.$queryRaw<(Omit<CredentialRow, 'status'> & { status: string })[]>`
      SELECT id, name, status, CASE WHEN sealed_refresh_token IS NULL THEN token_expires_at END AS "expiresAt",
        false AS deleted, ${this.#keyMissing()} AS "keyMissing"
      FROM credentials k
      WHERE workspace_id = ${scope.workspaceId} AND deleted_at IS NULL
        AND (id = ANY(${[...ids]}::text[]) OR name = ANY(${[...names]}::text[]))`;
    return rows.map((row) => ({ ...row, status: credentialStatus.parse(row.status) }));
  }

  async #read(keys: readonly AgentKey[], withReferences: boolean): Promise<(ResolutionRows | null)[]> {
    const agents = keys.map((key) => key.agentId);
    const workspaces = keys.map((key) => key.workspaceId);
    const rows = await this.prisma.rows<unknown>(Prisma.sql`
      SELECT q.position::int, a.id AS "agentId", c.id AS "crewId", r.revision,
        ws.servers AS "workspaceServers", cs.servers AS "crewServers", b.bindings, t.tools,
        m.opt_out_id AS "optOutId", m.own_server_ids AS "ownServerIds", m.connector,
        coalesce((
          SELECT json_agg(json_build_object('id', k.id, 'name', k.name, 'status', k.status, 'deleted', k.deleted_at IS NOT NULL,
            'keyMissing', ${this.#keyMissing()},
            'expiresAtMs', CASE WHEN k.sealed_refresh_token IS NULL THEN (extract(epoch FROM k.token_expires_at) * 1000)::bigint END))
          FROM credentials k
          WHERE k.workspace_id = a.workspace_id AND (
            k.id = ANY (ws.credential_ids || cs.credential_ids || b.credential_ids || m.key_id)
            OR (${withReferences} AND k.deleted_at IS NULL AND k.name = ANY (
              SELECT btrim(found[1])
              FROM regexp_matches(concat_ws(' ', ws.texts, cs.texts, b.texts), '[{][{]credential:([^{}]+)[}][}]', 'g') found
            ))
          )
        ), '[]') AS credentials
      FROM unnest(${agents}::text[], ${workspaces}::text[]) WITH ORDINALITY AS q(agent_id, workspace_id, position)
      JOIN agents a ON a.id = q.agent_id AND a.workspace_id = q.workspace_id AND a.deleted_at IS NULL
      JOIN workspace_revisions r ON r.workspace_id = a.workspace_id
      LEFT JOIN crews c ON c.id = a.crew_id AND c.deleted_at IS NULL
      CROSS JOIN LATERAL (
        SELECT coalesce(json_agg(json_build_object(
            'id', s.id, 'name', s.name, 'displayName', s.display_name, 'transport', s.transport, 'endpoint', s.endpoint,
            'command', s.command, 'argsJson', s.args_json, 'envJson', s.env_json, 'configJson', s.config_json,
            'icon', s.icon, 'kind', s.origin, 'enabled', s.enabled, 'locked', s.locked, 'visibility', s.visibility,
            'credentialId', s.credential_id, 'credType', s.cred_type, 'credHeader', s.cred_header, 'envVarName', s.env_var_name,
            'boundByOthers', EXISTS (
              SELECT 1 FROM agent_bindings o JOIN agents oa ON oa.id = o.agent_id AND oa.deleted_at IS NULL
              WHERE o.workspace_integration_id = s.id AND o.enabled AND o.agent_id <> a.id))), '[]') AS servers,
          array_agg(s.credential_id) FILTER (WHERE s.credential_id IS NOT NULL) AS credential_ids,
          CASE WHEN ${withReferences} THEN string_agg(concat_ws(' ', s.endpoint, s.args_json, s.env_json, s.config_json), ' ') END AS texts
        FROM workspace_integrations s WHERE s.workspace_id = a.workspace_id
      ) ws
      CROSS JOIN LATERAL (
        SELECT coalesce(json_agg(json_build_object(
            'id', s.id, 'name', s.name, 'displayName', s.display_name, 'transport', s.transport, 'endpoint', s.endpoint,
            'command', s.command, 'argsJson', s.args_json, 'envJson', s.env_json, 'configJson', s.config_json,
            'icon', s.icon, 'kind', s.origin, 'enabled', s.enabled, 'visibility', s.visibility,
            'workspaceServerId', s.workspace_integration_id,
            'credentialId', s.credential_id, 'credType', s.cred_type, 'credHeader', s.cred_header, 'envVarName', s.env_var_name,
            'boundByOthers', EXISTS (
              SELECT 1 FROM agent_bindings o JOIN agents oa ON oa.id = o.agent_id AND oa.deleted_at IS NULL
              WHERE o.crew_integration_id = s.id AND o.enabled AND o.agent_id <> a.id))), '[]') AS servers,
          array_agg(s.credential_id) FILTER (WHERE s.credential_id IS NOT NULL) AS credential_ids,
          CASE WHEN ${withReferences} THEN string_agg(concat_ws(' ', s.endpoint, s.args_json, s.env_json, s.config_json), ' ') END AS texts
        FROM crew_integrations s WHERE s.crew_id = c.id
      ) cs
      CROSS JOIN LATERAL (
        SELECT coalesce(json_agg(json_build_object(
            'id', s.id, 'serverId', coalesce(s.workspace_integration_id, s.crew_integration_id),
            'scope', CASE WHEN s.crew_integration_id IS NULL THEN 'workspace' ELSE 'crew' END,
            'enabled', s.enabled, 'credentialId', s.credential_id, 'credType', s.cred_type, 'credHeader', s.cred_header,
            'envVarName', s.env_var_name, 'configOverrideJson', s.config_override_json)), '[]') AS bindings,
          array_agg(s.credential_id) FILTER (WHERE s.credential_id IS NOT NULL) AS credential_ids,
          CASE WHEN ${withReferences} THEN string_agg(s.config_override_json, ' ') END AS texts
        FROM agent_bindings s WHERE s.agent_id = a.id
      ) b
      CROSS JOIN LATERAL (
        SELECT coalesce(json_agg(json_build_object('serverId', f.server_id, 'scope', f.scope, 'name', f.tool_name, 'enabled', f.enabled)), '[]') AS tools
        FROM (
          SELECT s.workspace_integration_id AS server_id, 'workspace' AS scope, s.tool_name, s.enabled
          FROM tool_bindings s JOIN workspace_integrations w ON w.id = s.workspace_integration_id
          WHERE w.workspace_id = a.workspace_id
          UNION ALL
          SELECT s.crew_integration_id, 'crew', s.tool_name, s.enabled
          FROM tool_bindings s JOIN crew_integrations w ON w.id = s.crew_integration_id
          WHERE w.crew_id = c.id
          UNION ALL
          SELECT s.workspace_integration_id, 'workspace', u.name, true
          FROM composio_bindings s CROSS JOIN LATERAL unnest(s.tools) u(name) WHERE s.agent_id = a.id
        ) f
      ) t
      CROSS JOIN LATERAL (
        SELECT (SELECT s.id FROM composio_opt_outs s WHERE s.agent_id = a.id) AS opt_out_id,
          (SELECT coalesce(json_agg(s.workspace_integration_id), '[]') FROM composio_bindings s WHERE s.agent_id = a.id) AS own_server_ids,
          d.key_id, CASE WHEN d.key_id IS NOT NULL THEN
            json_build_object('id', a.workspace_id, 'endpoint', d.endpoint, 'credentialId', d.key_id) END AS connector
        FROM (SELECT 1) one LEFT JOIN (
          SELECT s.default_endpoint AS endpoint, s.default_key_id AS key_id FROM composio_workspaces s
          WHERE s.workspace_id = a.workspace_id AND s.default_server_id IS NOT NULL AND s.default_endpoint IS NOT NULL
            AND ${this.config.composio.defaultConnector}::boolean
        ) d ON true
      ) m`);
    const found: (ResolutionRows | null)[] = new Array(keys.length).fill(null);
    for (const row of rows) {
      const parsed = resolutionRow.parse(row);
      found[parsed.position - 1] = toResolutionRows(parsed);
    }
    return found;
  }

  // A credential that stands for the key to Composio has what the workspace or the server's environment has now.
  #keyMissing(): Prisma.Sql {
    const { apiKey } = this.config.composio;
    return Prisma.sql`(k.managed_by IS NOT NULL AND NOT ${apiKey !== null}::boolean
      AND NOT EXISTS (SELECT 1 FROM composio_settings y WHERE y.workspace_id = k.workspace_id))`;
  }
}

const sharing = {
  identity: ({ workspaceId, agentId }: AgentKey) => `${workspaceId} ${agentId}`,
  maxBatch: 32,
  maxInFlight: 2,
};
