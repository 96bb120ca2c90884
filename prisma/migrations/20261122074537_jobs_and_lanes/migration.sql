-- AlterTable
ALTER TABLE "delivery_attempts" ADD COLUMN     "response" TEXT;

-- AlterTable
ALTER TABLE "delivery_lanes" ADD COLUMN     "lease_generation" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "lease_until" TIMESTAMPTZ(3),
ADD COLUMN     "next_due_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "job_workers" (
    "id" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "job_workers_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "deliveries_run_id_idx" ON "deliveries"("run_id");

-- CreateIndex
CREATE INDEX "deliveries_settled_at_idx" ON "deliveries"("settled_at");

-- One lane a recipient, the workspace itself included.
CREATE UNIQUE INDEX "delivery_lanes_recipient_key" ON "delivery_lanes" ("workspace_id", "agent_id") NULLS NOT DISTINCT;

-- Lanes that want attention, of all workspaces and of one.
CREATE INDEX "delivery_lanes_due_idx" ON "delivery_lanes" ("next_due_at") WHERE "next_due_at" IS NOT NULL;
CREATE INDEX "delivery_lanes_workspace_due_idx" ON "delivery_lanes" ("workspace_id", "next_due_at") WHERE "next_due_at" IS NOT NULL;

-- What can be pulled.
CREATE INDEX "deliveries_pullable_idx" ON "deliveries" ("workspace_id", "lane_id", "seq") WHERE "status" IN ('pending', 'no_endpoint');

-- Answers that are still waited for, and runs that are open.
CREATE INDEX "deliveries_reply_until_idx" ON "deliveries" ("reply_until") WHERE "reply_until" IS NOT NULL;
CREATE INDEX "agent_runs_open_idx" ON "agent_runs" ("workspace_id") WHERE "status" = 'RUNNING';
