-- AlterTable
ALTER TABLE "credentials" ADD COLUMN     "last_error_class" TEXT,
ADD COLUMN     "last_ok_at" TIMESTAMPTZ(3),
ADD COLUMN     "next_refresh_at" TIMESTAMPTZ(3),
ADD COLUMN     "oauth_granted_scopes" TEXT,
ADD COLUMN     "oauth_issuer" TEXT,
ADD COLUMN     "oauth_provider" TEXT,
ADD COLUMN     "oauth_resource" TEXT,
ADD COLUMN     "oauth_token_auth_method" TEXT,
ADD COLUMN     "previous_value_until" TIMESTAMPTZ(3),
ADD COLUMN     "refresh_failures" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "refresh_lease_generation" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "refresh_lease_owner" TEXT,
ADD COLUMN     "refresh_lease_until" TIMESTAMPTZ(3),
ADD COLUMN     "sealed_previous_value" TEXT,
ADD COLUMN     "token_version" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "crew_integrations" ADD COLUMN     "cred_header" TEXT,
ADD COLUMN     "cred_type" TEXT,
ADD COLUMN     "credential_id" TEXT,
ADD COLUMN     "env_var_name" TEXT,
ADD COLUMN     "origin_ref" TEXT;

-- AlterTable
ALTER TABLE "workspace_integrations" ADD COLUMN     "cred_header" TEXT,
ADD COLUMN     "cred_type" TEXT,
ADD COLUMN     "credential_id" TEXT,
ADD COLUMN     "env_var_name" TEXT,
ADD COLUMN     "origin_ref" TEXT;

-- CreateTable
CREATE TABLE "oauth_flows" (
    "id" TEXT NOT NULL,
    "state_hash" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "credential_id" TEXT NOT NULL,
    "user_id" TEXT,
    "browser_hash" TEXT,
    "delivery" TEXT NOT NULL DEFAULT 'callback',
    "status" TEXT NOT NULL DEFAULT 'pending',
    "failure_code" TEXT,
    "issuer" TEXT,
    "iss_required" BOOLEAN NOT NULL DEFAULT false,
    "redirect_uri" TEXT NOT NULL,
    "resource" TEXT,
    "scopes" TEXT,
    "sealed_code_verifier" TEXT NOT NULL,
    "workspace_integration_id" TEXT,
    "crew_integration_id" TEXT,
    "agent_id" TEXT,
    "draft" JSONB,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "oauth_flows_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "oauth_clients" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "redirect_uri" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "sealed_client_secret" TEXT,
    "token_auth_method" TEXT NOT NULL,
    "secret_expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "oauth_clients_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "oauth_redirect_uris" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "uri" TEXT NOT NULL,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "oauth_redirect_uris_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "oauth_flows_state_hash_key" ON "oauth_flows"("state_hash");

-- CreateIndex
CREATE INDEX "oauth_flows_workspace_id_created_at_id_idx" ON "oauth_flows"("workspace_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "oauth_flows_credential_id_idx" ON "oauth_flows"("credential_id");

-- CreateIndex
CREATE INDEX "oauth_flows_workspace_integration_id_idx" ON "oauth_flows"("workspace_integration_id");

-- CreateIndex
CREATE INDEX "oauth_flows_crew_integration_id_idx" ON "oauth_flows"("crew_integration_id");

-- CreateIndex
CREATE INDEX "oauth_flows_agent_id_idx" ON "oauth_flows"("agent_id");

-- CreateIndex
CREATE INDEX "oauth_flows_expires_at_idx" ON "oauth_flows"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "oauth_clients_workspace_id_issuer_redirect_uri_key" ON "oauth_clients"("workspace_id", "issuer", "redirect_uri");

-- CreateIndex
CREATE UNIQUE INDEX "oauth_redirect_uris_workspace_id_uri_key" ON "oauth_redirect_uris"("workspace_id", "uri");

-- CreateIndex
CREATE INDEX "crew_integrations_credential_id_idx" ON "crew_integrations"("credential_id");

-- CreateIndex
CREATE INDEX "crew_integrations_workspace_id_origin_origin_ref_idx" ON "crew_integrations"("workspace_id", "origin", "origin_ref");

-- CreateIndex
CREATE INDEX "workspace_integrations_credential_id_idx" ON "workspace_integrations"("credential_id");

-- CreateIndex
CREATE INDEX "workspace_integrations_workspace_id_origin_origin_ref_idx" ON "workspace_integrations"("workspace_id", "origin", "origin_ref");

-- AddForeignKey
ALTER TABLE "workspace_integrations" ADD CONSTRAINT "workspace_integrations_credential_id_fkey" FOREIGN KEY ("credential_id") REFERENCES "credentials"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crew_integrations" ADD CONSTRAINT "crew_integrations_credential_id_fkey" FOREIGN KEY ("credential_id") REFERENCES "credentials"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "oauth_flows" ADD CONSTRAINT "oauth_flows_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "oauth_flows" ADD CONSTRAINT "oauth_flows_credential_id_fkey" FOREIGN KEY ("credential_id") REFERENCES "credentials"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "oauth_flows" ADD CONSTRAINT "oauth_flows_workspace_integration_id_fkey" FOREIGN KEY ("workspace_integration_id") REFERENCES "workspace_integrations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "oauth_flows" ADD CONSTRAINT "oauth_flows_crew_integration_id_fkey" FOREIGN KEY ("crew_integration_id") REFERENCES "crew_integrations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "oauth_flows" ADD CONSTRAINT "oauth_flows_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "oauth_clients" ADD CONSTRAINT "oauth_clients_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "oauth_redirect_uris" ADD CONSTRAINT "oauth_redirect_uris_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema language cannot say.

ALTER TABLE "credentials" ADD CONSTRAINT "credentials_oauth_token_auth_method_check"
  CHECK ("oauth_token_auth_method" IN ('client_secret_basic', 'client_secret_post', 'none'));
ALTER TABLE "workspace_integrations" ADD CONSTRAINT "workspace_integrations_cred_type_check"
  CHECK ("cred_type" IN ('bearer', 'api_key', 'basic'));
ALTER TABLE "crew_integrations" ADD CONSTRAINT "crew_integrations_cred_type_check"
  CHECK ("cred_type" IN ('bearer', 'api_key', 'basic'));
ALTER TABLE "oauth_flows" ADD CONSTRAINT "oauth_flows_delivery_check"
  CHECK ("delivery" IN ('callback', 'loopback', 'client'));
ALTER TABLE "oauth_flows" ADD CONSTRAINT "oauth_flows_status_check"
  CHECK ("status" IN ('pending', 'completed', 'failed'));
ALTER TABLE "oauth_flows" ADD CONSTRAINT "oauth_flows_one_target_check"
  CHECK (num_nonnulls("workspace_integration_id", "crew_integration_id", "draft") <= 1);
ALTER TABLE "oauth_clients" ADD CONSTRAINT "oauth_clients_origin_check" CHECK ("origin" IN ('manual', 'dynamic'));
ALTER TABLE "oauth_clients" ADD CONSTRAINT "oauth_clients_token_auth_method_check"
  CHECK ("token_auth_method" IN ('client_secret_basic', 'client_secret_post', 'none'));

-- What the background sweep looks for; the rest of the table is of no interest to it.
CREATE INDEX "credentials_refresh_due_idx" ON "credentials" ("next_refresh_at", "id")
  WHERE "next_refresh_at" IS NOT NULL AND "status" = 'ACTIVE' AND "deleted_at" IS NULL;
