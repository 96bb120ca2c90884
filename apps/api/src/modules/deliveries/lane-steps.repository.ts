import { Injectable } from '@nestjs/common';
import { JobQueue } from '#jobs';
import { Clock, isJsonObject, type JsonValue } from '#kernel';
import { Prisma, PrismaService } from '#prisma';
import type { Delivery, DeliveryStatus, LeasedLane } from './deliveries.types.js';
import { deliveryProtocols } from './deliveries.types.js';
import { toDelivery } from './delivery-select.js';
import type { SealedTarget } from './delivery-targets.service.js';
import { laneJob } from './lane-jobs-rules.js';
import type { StepChange } from './lane-steps.types.js';

/** What stands first in a leased lane, and where it goes to. */
export interface LaneView {
  /** What is to be posted now; null when nothing is due, or when the lane is no longer leased. */
  head: Delivery | null;
  /** Null without an endpoint in use. */
  target: SealedTarget | null;
}

/** What a step has changed. */
export interface LaneStep extends LaneView {
  /** The delivery was pending, and what was given was written. */
  isChanged: boolean;
  runHasEnded: boolean;
  /** The lane was given back; somebody was called when there is something to do later. */
  isReleased: boolean;
}

type HeadRow = { [K in keyof Delivery]: Delivery[K] | null } & { endpoint: JsonValue };
type StepRow = HeadRow & { isChanged: boolean; runHasEnded: boolean; isReleased: boolean };

const headColumns = Prisma.sql`d.id, d.workspace_id AS "workspaceId", d.lane_id AS "laneId", d.seq, d.agent_id AS "agentId",
  d.type, d.data, d.origin_kind AS "originKind", d.origin_id AS "originId", d.run_id AS "runId", d.status, d.attempts,
  d.next_attempt_at AS "nextAttemptAt", d.last_error AS "lastError", d.settled_at AS "settledAt",
  d.reply_text AS "replyText", d.replied_at AS "repliedAt", d.reply_until AS "replyUntil", d.created_at AS "createdAt"`;

// The recipient's own, else the workspace's.
const endpointOfSeen = Prisma.sql`(
  SELECT row_to_json(e) FROM delivery_endpoints e JOIN seen ON e.workspace_id = seen.workspace_id
    AND (e.agent_id = seen.agent_id OR e.agent_id IS NULL)
  ORDER BY e.agent_id NULLS LAST LIMIT 1) AS endpoint`;

/** The two statements that the holder of a lane needs for each delivery: to look, and to write down and look again. */
@Injectable()
export class LaneStepsRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly clock: Clock,
    private readonly jobs: JobQueue,
  ) {}

  /**
   * What is to be done first. A statement of its own after the lease: one that waited for the lease would see the lane as it
   * was before the last holder's outcome.
   */
  async look({ id, generation }: LeasedLane): Promise<LaneView> {
    const now = this.clock.now();
    const [row] = await this.prisma.client.$queryRaw<HeadRow[]>`
      WITH seen AS MATERIALIZED (
        SELECT id, workspace_id, agent_id FROM delivery_lanes WHERE id = ${id} AND lease_generation = ${generation}
      ), head AS MATERIALIZED (
        SELECT d.* FROM deliveries d JOIN seen ON d.lane_id = seen.id WHERE d.status = 'pending' ORDER BY d.seq LIMIT 1
      )
      SELECT ${headColumns}, ${endpointOfSeen}
      FROM (SELECT) once LEFT JOIN head d ON d.next_attempt_at IS NULL OR d.next_attempt_at <= ${now}`;
    return row ? toView(row) : { head: null, target: null };
  }

  /**
   * Writes down an attempt with everything that follows from it and answers what is to be done next, in one round trip. The
   * delivery is changed only while it is pending. Where nothing is due any more the lane is given back in the same moment,
   * unless somebody changed the lane since this statement began: what it saw may be too old then, and the lane is kept.
   */
  async record({ id, generation }: LeasedLane, change: StepChange): Promise<LaneStep> {
    const { task, key, payload } = laneJob(id);
    const given = JSON.stringify({ ...change, lane: id, generation: generation.toString(), now: this.clock.now() });
    const [row] = await this.prisma.client.$queryRaw<StepRow[]>`
      WITH given AS MATERIALIZED (
        SELECT * FROM json_to_record(${given}::json) AS (lane text, generation bigint, now timestamptz, delivery text,
          "attemptId" text, attempts int, url text, outcome text, "statusCode" int, error text, response text,
          "durationMs" int, "startedAt" timestamptz, status text, "nextAttemptAt" timestamptz, "settledAt" timestamptz,
          "replyText" text, "repliedAt" timestamptz, "replyUntil" timestamptz, "runEnd" text, "activityId" text,
          "activityStatus" text, "activityFrom" text, summary text)
      ), seen AS MATERIALIZED (
        SELECT lane.id, lane.xmin AS version, lane.workspace_id, lane.agent_id FROM delivery_lanes lane
        JOIN given ON lane.id = given.lane AND lane.lease_generation = given.generation
      ), changed AS (
        UPDATE deliveries d SET status = given.status, attempts = given.attempts, last_error = given.error,
          next_attempt_at = given."nextAttemptAt", settled_at = given."settledAt", reply_text = given."replyText",
          replied_at = given."repliedAt", reply_until = given."replyUntil"
        FROM given WHERE d.id = given.delivery AND d.status = 'pending'
        RETURNING d.*
      ), kept AS (
        INSERT INTO delivery_attempts (id, delivery_id, workspace_id, attempt, url, outcome, status_code, error, response,
          duration_ms, started_at)
        SELECT given."attemptId", d.id, d.workspace_id, given.attempts, given.url, given.outcome, given."statusCode",
          given.error, given.response, given."durationMs", given."startedAt"
        FROM given JOIN deliveries d ON d.id = given.delivery
      ), ended AS (
        UPDATE agent_runs r SET status = given."runEnd", error_message = given.error, finished_at = given.now
        FROM changed, given
        WHERE given."runEnd" IS NOT NULL AND r.id = changed.run_id AND r.workspace_id = changed.workspace_id
          AND r.status = 'RUNNING'
        RETURNING r.id
      ), noted AS (
        INSERT INTO activity_entries (id, workspace_id, type, status, summary, detail, from_agent_id, from_name, from_slug,
          to_name, to_slug, crew_id, crew_name, crew_slug, crew_color, created_at)
        SELECT given."activityId", a.workspace_id, 'assignment', given."activityStatus", given.summary, given.error, a.id,
          given."activityFrom", changed.origin_kind, a.name, a.slug, c.id, coalesce(c.name, ''), coalesce(c.slug, ''),
          c.color, given.now
        FROM changed JOIN given ON given."activityId" IS NOT NULL
        JOIN agents a ON a.id = changed.agent_id AND a.workspace_id = changed.workspace_id
        LEFT JOIN crews c ON c.id = a.crew_id
      ), head AS MATERIALIZED (
        SELECT * FROM (
          (SELECT d.* FROM deliveries d JOIN given ON d.lane_id = given.lane AND d.id <> given.delivery
            WHERE d.status = 'pending' ORDER BY d.seq LIMIT 1)
          UNION ALL SELECT * FROM changed WHERE status = 'pending') pending
        ORDER BY seq LIMIT 1
      ), due AS MATERIALIZED (
        SELECT CASE WHEN head.id IS NOT NULL THEN coalesce(head.next_attempt_at, given.now) END AS at, given.now
        FROM given LEFT JOIN head ON true
      ), released AS (
        UPDATE delivery_lanes lane SET next_due_at = due.at, lease_until = NULL
        FROM seen, due
        WHERE lane.id = seen.id AND lane.xmin = seen.version AND (due.at IS NULL OR due.at > due.now)
        RETURNING lane.id
      ), called AS MATERIALIZED (
        SELECT graphile_worker.add_job(${task}::text, ${JSON.stringify(payload)}::json, run_at := due.at,
          job_key := ${key ?? null}::text) FROM released JOIN due ON due.at IS NOT NULL
      )
      SELECT ${headColumns}, ${endpointOfSeen}, EXISTS (SELECT FROM changed) AS "isChanged",
        EXISTS (SELECT FROM ended) AS "runHasEnded", EXISTS (SELECT FROM released) AS "isReleased",
        (SELECT count(*)::int FROM called) AS called
      FROM due LEFT JOIN (SELECT head.* FROM head JOIN seen ON head.lane_id = seen.id) d ON due.at <= due.now`;
    if (!row) throw new Error('the statement answers one row');
    const { isChanged, runHasEnded, isReleased } = row;
    if (isReleased && change.nextAttemptAt !== null) this.jobs.expect(change.nextAttemptAt);
    return { ...toView(row), isChanged, runHasEnded, isReleased };
  }
}

function toView({ endpoint, ...head }: HeadRow): LaneView {
  // All columns come from one row, or none does.
  const isThere = head.id !== null;
  return {
    head: isThere ? toDelivery(head as Delivery & { data: never; status: DeliveryStatus }) : null,
    target: toTarget(endpoint),
  };
}

function toTarget(endpoint: JsonValue): SealedTarget | null {
  if (!isJsonObject(endpoint) || endpoint.disabled_at !== null) return null;
  const { id, workspace_id: workspaceId, url, sealed_secret: sealedSecret, protocol } = endpoint;
  return {
    endpointId: String(id),
    workspaceId: String(workspaceId),
    url: String(url),
    protocol: deliveryProtocols.find((each) => each === protocol) ?? 'event',
    sealedSecret: String(sealedSecret),
  };
}
