-- DropIndex
DROP INDEX "oauth_flows_expires_at_idx";

-- AlterTable
ALTER TABLE "credentials" ADD COLUMN     "oauth_client_expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "oauth_client_redirect_uri" TEXT;

-- AlterTable
ALTER TABLE "oauth_flows" ADD COLUMN     "lost_tokens" TEXT,
ADD COLUMN     "renewed_client_id" TEXT,
ADD COLUMN     "settings_hash" TEXT;

-- CreateIndex
CREATE INDEX "oauth_flows_finished_at_idx" ON "oauth_flows"("finished_at");

-- What Prisma's schema language cannot say.

ALTER TABLE "oauth_flows" ADD CONSTRAINT "oauth_flows_lost_tokens_check"
  CHECK ("lost_tokens" IN ('revoked', 'kept', 'not_supported', 'failed'));

-- What the sweep of flows looks for, so that it costs the same however many flows and credentials there are.
CREATE INDEX "oauth_flows_unfinished_idx" ON "oauth_flows" ("expires_at") WHERE "finished_at" IS NULL;
CREATE INDEX "credentials_unconnected_idx" ON "credentials" ("created_at", "id")
  WHERE "auto_created_for" IS NOT NULL AND "status" = 'PENDING' AND "sealed_value" IS NULL AND "deleted_at" IS NULL;
