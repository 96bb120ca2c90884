-- AlterTable
ALTER TABLE "tool_bindings" ADD COLUMN     "missing_since" TIMESTAMPTZ(3),
ADD COLUMN     "restore_when_listed" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "schema_hash" TEXT,
ADD COLUMN     "title" TEXT;

-- CreateTable
CREATE TABLE "workspace_tokens" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT,
    "token_hash" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_by_user_id" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workspace_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "console_integrations" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "agent_id" TEXT NOT NULL,
    "auth_type" TEXT NOT NULL,
    "last_connected_at" TIMESTAMPTZ(3),
    "last_connected_ok" BOOLEAN,
    "last_discovered_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "console_integrations_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "workspace_tokens_token_hash_key" ON "workspace_tokens"("token_hash");

-- CreateIndex
CREATE INDEX "workspace_tokens_workspace_id_created_at_id_idx" ON "workspace_tokens"("workspace_id", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "console_integrations_agent_id_created_at_id_idx" ON "console_integrations"("agent_id", "created_at" DESC, "id");

-- AddForeignKey
ALTER TABLE "workspace_tokens" ADD CONSTRAINT "workspace_tokens_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "console_integrations" ADD CONSTRAINT "console_integrations_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "console_integrations" ADD CONSTRAINT "console_integrations_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "console_integrations" ADD CONSTRAINT "console_integrations_auth_type_check"
  CHECK ("auth_type" IN ('none', 'bearer', 'basic', 'api_key', 'custom'));
-- Looked for whenever the limit of a workspace is judged.
CREATE INDEX "console_integrations_live_idx" ON "console_integrations" ("workspace_id") WHERE "deleted_at" IS NULL;
