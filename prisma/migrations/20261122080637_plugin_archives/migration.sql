-- AlterTable
ALTER TABLE "workspace_plugins" DROP COLUMN "archive",
ADD COLUMN     "archive_bytes" INTEGER NOT NULL,
ADD COLUMN     "archive_id" TEXT NOT NULL;

-- CreateTable
CREATE TABLE "plugin_archive_parts" (
    "archive_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "plugin_archive_parts_pkey" PRIMARY KEY ("archive_id","number")
);

-- CreateIndex
CREATE INDEX "plugin_archive_parts_workspace_id_idx" ON "plugin_archive_parts"("workspace_id");

-- CreateIndex
CREATE UNIQUE INDEX "workspace_plugins_archive_id_key" ON "workspace_plugins"("archive_id");

-- AddForeignKey
ALTER TABLE "plugin_archive_parts" ADD CONSTRAINT "plugin_archive_parts_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Archives are compressed already.
ALTER TABLE "plugin_archive_parts" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
