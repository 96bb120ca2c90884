-- CreateTable
CREATE TABLE "composio_settings" (
    "workspace_id" TEXT NOT NULL,
    "sealed_api_key" TEXT NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "composio_settings_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateIndex
CREATE INDEX "composio_settings_created_by_idx" ON "composio_settings"("created_by");

-- AddForeignKey
ALTER TABLE "composio_settings" ADD CONSTRAINT "composio_settings_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "composio_settings" ADD CONSTRAINT "composio_settings_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Agents reach Composio with this key, so what they have changes with it.
CREATE TRIGGER "composio_settings_inserted" AFTER INSERT ON "composio_settings" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "raise_workspace_revisions"();
CREATE TRIGGER "composio_settings_deleted" AFTER DELETE ON "composio_settings" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "raise_workspace_revisions"();
CREATE TRIGGER "composio_settings_updated" AFTER UPDATE ON "composio_settings" FOR EACH ROW
  WHEN (OLD."sealed_api_key" IS DISTINCT FROM NEW."sealed_api_key")
  EXECUTE FUNCTION "raise_workspace_revision_of_row"();
