import { Injectable } from '@nestjs/common';
import { PrismaService } from '#prisma';
import type { OutboxItem } from './deliveries.types.js';

/** Whom a delivery is for, as it was asked. */
export interface Recipient {
  workspaceId: string;
  agentId: string | null;
}

/** Who that is: the agent, and whether deliveries to it go to an endpoint of its own. */
export interface ResolvedRecipient {
  agentId: string | null;
  /** The agent's row, which a run needs, is there. */
  agentExists: boolean;
  /** The recipient of the lane: the agent when it has an endpoint of its own, else null, the workspace. */
  laneAgentId: string | null;
}

/** A lane after its numbers were taken. */
export interface NumberedLane {
  id: string;
  workspaceId: string;
  agentId: string | null;
  lastSeq: bigint;
  /** Nothing was pending before, so that somebody has to be called. */
  wasIdle: boolean;
}

/** Puts deliveries into their lanes. Every method is one statement, however many deliveries there are. */
@Injectable()
export class OutboxRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Who the recipients are, in the order given. A null agent is the workspace's lead, if it has one. */
  resolve(recipients: readonly Recipient[]): Promise<ResolvedRecipient[]> {
    return this.prisma.client.$queryRaw<ResolvedRecipient[]>`
      SELECT coalesce(asked.agent_id, lead.id) AS "agentId", coalesce(named.id, lead.id) IS NOT NULL AS "agentExists",
        endpoint.agent_id AS "laneAgentId"
      FROM ROWS FROM (json_to_recordset(${JSON.stringify(recipients.map(toRecipientRow))}::json)
        AS (workspace_id text, agent_id text)) WITH ORDINALITY AS asked(workspace_id, agent_id, n)
      LEFT JOIN agents named ON named.id = asked.agent_id AND named.workspace_id = asked.workspace_id
        AND named.deleted_at IS NULL
      LEFT JOIN LATERAL (
        SELECT id FROM agents WHERE workspace_id = asked.workspace_id AND deleted_at IS NULL AND agent_role = 'LEAD'
        ORDER BY created_at, id LIMIT 1) lead ON asked.agent_id IS NULL
      LEFT JOIN delivery_endpoints endpoint ON endpoint.workspace_id = asked.workspace_id
        AND endpoint.agent_id = coalesce(named.id, lead.id)
      ORDER BY asked.n`;
  }

  /**
   * Takes the next numbers of lanes, which are made where they are missing, and holds the lanes until the transaction ends.
   * Lanes are taken in one order, so that two senders never wait for each other in a circle.
   */
  takeNumbers(
    lanes: readonly { id: string; workspaceId: string; agentId: string | null; count: number }[],
    now: Date,
  ): Promise<NumberedLane[]> {
    const rows = lanes.map((lane) => ({
      id: lane.id,
      workspace_id: lane.workspaceId,
      agent_id: lane.agentId,
      count: lane.count,
    }));
    return this.prisma.client.$queryRaw<NumberedLane[]>`
      INSERT INTO delivery_lanes AS lane (id, workspace_id, agent_id, last_seq, next_due_at)
      SELECT id, workspace_id, agent_id, count, ${now}::timestamptz
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS (id text, workspace_id text, agent_id text, count int)
      ORDER BY workspace_id, agent_id NULLS FIRST
      ON CONFLICT (workspace_id, agent_id) DO UPDATE SET last_seq = lane.last_seq + EXCLUDED.last_seq,
        next_due_at = coalesce(lane.next_due_at, EXCLUDED.next_due_at)
      RETURNING id, workspace_id AS "workspaceId", agent_id AS "agentId", last_seq AS "lastSeq",
        next_due_at = ${now}::timestamptz AS "wasIdle"`;
  }

  /** Writes the deliveries. */
  async insert(items: readonly (OutboxItem & { laneId: string; seq: bigint })[]): Promise<void> {
    const rows = items.map((item) => ({
      id: item.id,
      workspace_id: item.workspaceId,
      lane_id: item.laneId,
      seq: item.seq.toString(),
      agent_id: item.agentId,
      type: item.type,
      data: item.data,
      origin_kind: item.originKind,
      origin_id: item.originId,
      run_id: item.runId,
      at: item.at.toISOString(),
    }));
    await this.prisma.client.$executeRaw`
      INSERT INTO deliveries (id, workspace_id, lane_id, seq, agent_id, type, data, origin_kind, origin_id, run_id,
        next_attempt_at, created_at)
      SELECT id, workspace_id, lane_id, seq, agent_id, type, data, origin_kind, origin_id, run_id, at, at
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS (id text, workspace_id text, lane_id text, seq bigint,
        agent_id text, type text, data jsonb, origin_kind text, origin_id text, run_id text, at timestamptz)`;
  }
}

function toRecipientRow({ workspaceId, agentId }: Recipient) {
  return { workspace_id: workspaceId, agent_id: agentId };
}
