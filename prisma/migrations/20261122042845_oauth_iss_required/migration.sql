-- AlterTable
ALTER TABLE "credentials" ADD COLUMN     "oauth_iss_required" BOOLEAN NOT NULL DEFAULT false;
