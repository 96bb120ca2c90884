-- AlterTable
ALTER TABLE "credentials" ADD COLUMN     "oauth_iss_required" BOOLEAN NOT NULL DEFAULT false;

-- A flow whose code is being exchanged: its state is used, its end is not known yet.
ALTER TABLE "oauth_flows" DROP CONSTRAINT "oauth_flows_status_check";
ALTER TABLE "oauth_flows" ADD CONSTRAINT "oauth_flows_status_check"
  CHECK ("status" IN ('pending', 'exchanging', 'completed', 'failed'));
