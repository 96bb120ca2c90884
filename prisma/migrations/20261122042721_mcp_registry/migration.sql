-- CreateTable
CREATE TABLE "mcp_registry_servers" (
    "name" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "icon" TEXT NOT NULL,
    "homepage_url" TEXT NOT NULL,
    "source_url" TEXT NOT NULL,
    "transport" TEXT NOT NULL,
    "package_name" TEXT NOT NULL,
    "package_registry" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "auth_type" TEXT NOT NULL,
    "packages" JSONB NOT NULL,
    "remotes" JSONB NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "upstream_updated_at" TIMESTAMPTZ(3),
    "trust_tier" TEXT NOT NULL DEFAULT 'community',
    "is_featured" BOOLEAN NOT NULL DEFAULT false,
    "category" TEXT NOT NULL DEFAULT '',
    "seen_run" INTEGER NOT NULL,
    "synced_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),
    "search_text" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "mcp_registry_servers_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "mcp_registry_sync" (
    "id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'idle',
    "mode" TEXT,
    "run" INTEGER NOT NULL DEFAULT 0,
    "cursor" TEXT,
    "watermark" TIMESTAMPTZ(3),
    "next_watermark" TIMESTAMPTZ(3),
    "lease_owner" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "generation" INTEGER NOT NULL DEFAULT 0,
    "pages" INTEGER NOT NULL DEFAULT 0,
    "entries" INTEGER NOT NULL DEFAULT 0,
    "removed" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "skips" JSONB NOT NULL DEFAULT '[]',
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "last_success_at" TIMESTAMPTZ(3),
    "last_full_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "next_run_at" TIMESTAMPTZ(3),
    "cooldown_until" TIMESTAMPTZ(3),

    CONSTRAINT "mcp_registry_sync_pkey" PRIMARY KEY ("id")
);


-- What Prisma's schema language cannot say.

-- Names are compared and sorted by bytes, whatever the database's own collation is.
ALTER TABLE "mcp_registry_servers" ALTER COLUMN "name" TYPE TEXT COLLATE "C";

ALTER TABLE "mcp_registry_servers" ADD CONSTRAINT "mcp_registry_servers_trust_tier_check"
  CHECK ("trust_tier" IN ('anthropic', 'crewship', 'community'));
ALTER TABLE "mcp_registry_servers" ADD CONSTRAINT "mcp_registry_servers_status_check"
  CHECK ("status" IN ('active', 'deprecated', 'deleted'));
ALTER TABLE "mcp_registry_sync" ADD CONSTRAINT "mcp_registry_sync_state_check"
  CHECK ("state" IN ('idle', 'running', 'failed'));
ALTER TABLE "mcp_registry_sync" ADD CONSTRAINT "mcp_registry_sync_mode_check" CHECK ("mode" IN ('full', 'incremental'));

-- Lists in their order, without what is gone.
CREATE INDEX "mcp_registry_servers_listed_idx" ON "mcp_registry_servers" ("is_featured" DESC, "name")
  WHERE "deleted_at" IS NULL;
CREATE INDEX "mcp_registry_servers_tier_idx" ON "mcp_registry_servers" ("trust_tier", "is_featured" DESC, "name")
  WHERE "deleted_at" IS NULL;

-- Substring search. The extension is a trusted one: the owner of the database may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX "mcp_registry_servers_search_idx" ON "mcp_registry_servers" USING gin ("search_text" gin_trgm_ops)
  WHERE "deleted_at" IS NULL;

-- Kept by the database, so that curating by hand cannot leave it behind. A unit separator stands between the fields.
CREATE FUNCTION "keep_registry_search_text"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."search_text" := lower(concat_ws(chr(31), NEW."name", NEW."display_name", NEW."category", NEW."description"));
  RETURN NEW;
END $$;
CREATE TRIGGER "mcp_registry_servers_search_text" BEFORE INSERT OR UPDATE ON "mcp_registry_servers"
  FOR EACH ROW EXECUTE FUNCTION "keep_registry_search_text"();

