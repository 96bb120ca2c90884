-- AlterTable
ALTER TABLE "workspace_runtimes" ADD COLUMN     "own_scheduler" BOOLEAN NOT NULL DEFAULT false;
