import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { isUniqueViolation, PrismaService } from '#prisma';
import { agentCredentialErrors } from './agent-credentials.errors.js';
import type { AgentGrant, NewAgentGrant } from './agent-credentials.types.js';

/** Whose eyes grants are read with: null sees all, a user only what is the workspace's or of own crews. */
export type GrantViewer = { userId: string } | null;

/** The rows of `agent_credentials`, and the grants that follow from crews and bindings. */
@Injectable()
export class AgentCredentialsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /**
   * One page of what an agent gets, each credential once: an explicit grant counts before a binding, a binding before the
   * crew. A grant that has ended stands beside what still brings the credential. Highest priority first, then newest, ties broken by credential. One query, whatever the numbers, and one more for
   * the size when the page lies behind the end.
   */
  async findMany(
    scope: WorkspaceScope,
    agent: { id: string; crewId: string | null },
    { viewer, now }: { viewer: GrantViewer; now: Date },
    page: PageRequest,
  ): Promise<Page<AgentGrant>> {
    const rows = await this.prisma.client.$queryRaw<(AgentGrant & { total: number })[]>`
      WITH grants AS (
        SELECT 1 AS rank, g.id, g.credential_id, g.env_var_name, g.priority, g.created_at, g.expires_at, g.lease_source,
               g.lease_issued_at, 'explicit' AS source
        FROM agent_credentials g WHERE g.agent_id = ${agent.id}
        UNION ALL
        SELECT 2, '', b.credential_id, b.env_var_name, 0, b.created_at, NULL, NULL, NULL, 'binding'
        FROM agent_bindings b
        WHERE b.agent_id = ${agent.id} AND b.workspace_id = ${scope.workspaceId} AND b.enabled
          AND b.credential_id IS NOT NULL
        UNION ALL
        SELECT 3, '', l.credential_id, NULL, 0, l.created_at, NULL, NULL, NULL, 'crew'
        FROM credential_crews l WHERE l.crew_id = ${agent.crewId}
      ), nearest AS (
        SELECT DISTINCT ON (credential_id, ended) * FROM (
          SELECT *, COALESCE(expires_at <= ${now}, false) AS ended FROM grants
        ) judged
        ORDER BY credential_id, ended, rank, created_at, env_var_name
      )
      SELECT n.id, ${agent.id} AS "agentId", c.id AS "credentialId", c.name AS "credentialName",
             c.type AS "credentialType", c.provider AS "credentialProvider", c.status AS "credentialStatus",
             n.env_var_name AS "envVarName", n.priority, n.created_at AS "createdAt", n.expires_at AS "expiresAt",
             n.lease_source AS "leaseSource", n.lease_issued_at AS "leaseIssuedAt", n.source AS "grantSource",
             (count(*) OVER ())::int AS total
      FROM nearest n
      JOIN credentials c ON c.id = n.credential_id AND c.workspace_id = ${scope.workspaceId} AND c.deleted_at IS NULL
      WHERE ${viewer?.userId ?? null}::text IS NULL OR c.scope = 'WORKSPACE' OR EXISTS (
        SELECT 1 FROM credential_crews l JOIN crew_members m ON m.crew_id = l.crew_id
        WHERE l.credential_id = c.id AND m.user_id = ${viewer?.userId ?? null})
      ORDER BY n.priority DESC, n.created_at DESC, c.id, n.ended
      LIMIT ${page.limit} OFFSET ${page.offset}`;
    if (rows.length === 0 && page.offset > 0) {
      const { total } = await this.findMany(scope, agent, { viewer, now }, { limit: 1, offset: 0 });
      return { items: [], total };
    }
    return { items: rows.map(({ total: _, ...grant }) => grant), total: rows[0]?.total ?? 0 };
  }

  /** @throws AppError `agent_credential.already_assigned`. */
  async insert(grant: NewAgentGrant): Promise<void> {
    try {
      await this.prisma.client.agentCredential.create({ data: grant, select: { id: true } });
    } catch (cause) {
      throw isUniqueViolation(cause) ? agentCredentialErrors.alreadyAssigned({ cause }) : cause;
    }
  }

  /** Removes a grant of the agent. Answers whose credential it was; null when there was none. */
  async remove(scope: WorkspaceScope, agentId: string, id: string): Promise<string | null> {
    const where = { id, agentId, agent: { workspaceId: scope.workspaceId } };
    const row = await this.prisma.client.agentCredential.findFirst({ where, select: { credentialId: true } });
    const { count } = await this.prisma.client.agentCredential.deleteMany({ where });
    return count > 0 ? (row?.credentialId ?? null) : null;
  }
}
