-- AlterTable
ALTER TABLE "schedules" DROP COLUMN "claimed_by",
DROP COLUMN "claimed_until",
ADD COLUMN     "busy_checks" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "recheck_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "schedule_runs_started_at_idx" ON "schedule_runs"("started_at");

-- What is due: the slot, or the next look at a busy agent.
DROP INDEX "schedules_due_idx";
CREATE INDEX "schedules_due_idx" ON "schedules" ((COALESCE("recheck_at", "next_run_at")), "id") WHERE "enabled";
