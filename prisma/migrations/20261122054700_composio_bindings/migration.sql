-- AlterTable
ALTER TABLE "credentials" ADD COLUMN     "managed_by" TEXT;

-- CreateTable
CREATE TABLE "composio_workspaces" (
    "workspace_id" TEXT NOT NULL,
    "lease_owner" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "lease_generation" INTEGER NOT NULL DEFAULT 0,
    "default_user_id" TEXT,
    "default_server_id" TEXT,
    "default_endpoint" TEXT,
    "default_key_id" TEXT,

    CONSTRAINT "composio_workspaces_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "composio_servers" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "toolkit" TEXT,
    "wanted_tools" TEXT[],
    "allowed_tools" TEXT[],
    "auth_config_ids" TEXT[],
    "upstream_id" TEXT,
    "key_fingerprint" TEXT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "composio_servers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "composio_bindings" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "agent_id" TEXT NOT NULL,
    "workspace_integration_id" TEXT NOT NULL,
    "server_id" TEXT NOT NULL,
    "toolkit" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "tools" TEXT[],
    "user_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "composio_bindings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "composio_opt_outs" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "agent_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "composio_opt_outs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "composio_workspaces_default_server_id_key" ON "composio_workspaces"("default_server_id");

-- CreateIndex
CREATE INDEX "composio_servers_workspace_id_created_at_id_idx" ON "composio_servers"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "composio_servers_next_attempt_at_idx" ON "composio_servers"("next_attempt_at");

-- CreateIndex
CREATE UNIQUE INDEX "composio_bindings_workspace_integration_id_key" ON "composio_bindings"("workspace_integration_id");

-- CreateIndex
CREATE INDEX "composio_bindings_server_id_idx" ON "composio_bindings"("server_id");

-- CreateIndex
CREATE INDEX "composio_bindings_workspace_id_idx" ON "composio_bindings"("workspace_id");

-- CreateIndex
CREATE UNIQUE INDEX "composio_bindings_agent_id_toolkit_key" ON "composio_bindings"("agent_id", "toolkit");

-- CreateIndex
CREATE UNIQUE INDEX "composio_opt_outs_agent_id_key" ON "composio_opt_outs"("agent_id");

-- CreateIndex
CREATE INDEX "composio_opt_outs_workspace_id_idx" ON "composio_opt_outs"("workspace_id");

-- AddForeignKey
ALTER TABLE "composio_workspaces" ADD CONSTRAINT "composio_workspaces_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "composio_workspaces" ADD CONSTRAINT "composio_workspaces_default_server_id_fkey" FOREIGN KEY ("default_server_id") REFERENCES "composio_servers"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "composio_workspaces" ADD CONSTRAINT "composio_workspaces_default_key_id_fkey" FOREIGN KEY ("default_key_id") REFERENCES "credentials"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "composio_servers" ADD CONSTRAINT "composio_servers_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "composio_bindings" ADD CONSTRAINT "composio_bindings_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "composio_bindings" ADD CONSTRAINT "composio_bindings_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "composio_bindings" ADD CONSTRAINT "composio_bindings_workspace_integration_id_fkey" FOREIGN KEY ("workspace_integration_id") REFERENCES "workspace_integrations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "composio_bindings" ADD CONSTRAINT "composio_bindings_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "composio_servers"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "composio_opt_outs" ADD CONSTRAINT "composio_opt_outs_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "composio_opt_outs" ADD CONSTRAINT "composio_opt_outs_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Two live credentials of a workspace never stand for the same key.
CREATE UNIQUE INDEX "credentials_managed_by_live_key" ON "credentials"("workspace_id", "managed_by")
  WHERE "deleted_at" IS NULL AND "managed_by" IS NOT NULL;

-- What an agent effectively has depends on these too.
DO $$
DECLARE watched text;
BEGIN
  FOREACH watched IN ARRAY ARRAY['composio_bindings', 'composio_opt_outs'] LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION raise_workspace_revisions()', watched || '_inserted', watched);
    EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION raise_workspace_revisions()', watched || '_deleted', watched);
  END LOOP;
END $$;

CREATE TRIGGER "composio_workspaces_updated" AFTER UPDATE ON "composio_workspaces" FOR EACH ROW
  WHEN ((OLD."default_endpoint", OLD."default_key_id") IS DISTINCT FROM (NEW."default_endpoint", NEW."default_key_id"))
  EXECUTE FUNCTION "raise_workspace_revision_of_row"();

-- An agent takes its apps along, however it is deleted: their servers at Composio are leftovers from then on.
CREATE FUNCTION "remove_composio_of_agent"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "workspace_integrations" s USING "composio_bindings" b
    WHERE b."agent_id" = NEW."id" AND s."id" = b."workspace_integration_id";
  DELETE FROM "composio_opt_outs" WHERE "agent_id" = NEW."id";
  RETURN NULL;
END $$;
CREATE TRIGGER "agents_remove_composio" AFTER UPDATE ON "agents" FOR EACH ROW
  WHEN (OLD."deleted_at" IS NULL AND NEW."deleted_at" IS NOT NULL)
  EXECUTE FUNCTION "remove_composio_of_agent"();

-- So does a workspace with its default connector.
CREATE FUNCTION "remove_composio_default"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "composio_workspaces"
    SET "default_user_id" = NULL, "default_server_id" = NULL, "default_endpoint" = NULL, "default_key_id" = NULL
    WHERE "workspace_id" = NEW."id";
  RETURN NULL;
END $$;
CREATE TRIGGER "workspaces_remove_composio_default" AFTER UPDATE ON "workspaces" FOR EACH ROW
  WHEN (OLD."deleted_at" IS NULL AND NEW."deleted_at" IS NOT NULL)
  EXECUTE FUNCTION "remove_composio_default"();
