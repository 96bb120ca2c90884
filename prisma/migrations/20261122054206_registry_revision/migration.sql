-- CreateTable
CREATE TABLE "mcp_registry_revision" (
    "id" TEXT NOT NULL,
    "revision" BIGINT NOT NULL,

    CONSTRAINT "mcp_registry_revision_pkey" PRIMARY KEY ("id")
);

-- What Prisma's schema language cannot say.

INSERT INTO "mcp_registry_revision" ("id", "revision") VALUES ('registry', 1);

-- By the database, so that no way of writing entries, curating by hand included, is forgotten. In the row of a table and not
-- a sequence: a reader sees the new revision together with what changed, never before.
CREATE FUNCTION "raise_registry_revision"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "mcp_registry_revision" SET "revision" = "revision" + 1 WHERE "id" = 'registry';
  RETURN NULL;
END $$;
CREATE TRIGGER "mcp_registry_servers_revision" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "mcp_registry_servers"
  FOR EACH STATEMENT EXECUTE FUNCTION "raise_registry_revision"();
