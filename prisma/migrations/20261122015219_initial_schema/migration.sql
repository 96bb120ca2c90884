-- CreateTable
CREATE TABLE "credentials" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "type" TEXT NOT NULL DEFAULT 'SECRET',
    "provider" TEXT NOT NULL DEFAULT 'NONE',
    "status" TEXT NOT NULL DEFAULT 'ACTIVE',
    "scope" TEXT NOT NULL DEFAULT 'WORKSPACE',
    "sealed_value" TEXT,
    "sealed_refresh_token" TEXT,
    "sealed_oauth_client_secret" TEXT,
    "oauth_client_id" TEXT,
    "oauth_auth_url" TEXT,
    "oauth_token_url" TEXT,
    "oauth_scopes" TEXT,
    "token_expires_at" TIMESTAMPTZ(3),
    "account_label" TEXT,
    "account_email" TEXT,
    "username" TEXT,
    "endpoint_url" TEXT,
    "tags" TEXT[],
    "sensitivity" TEXT NOT NULL DEFAULT 'STANDARD',
    "security_level" INTEGER NOT NULL DEFAULT 1,
    "last_checked_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_ips" TEXT[],
    "auto_created_for" TEXT,
    "provisioned_for_service" TEXT,
    "created_by_actor_type" TEXT NOT NULL DEFAULT 'user',
    "created_by_actor_id" TEXT,
    "deleted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "credentials_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credential_crews" (
    "credential_id" TEXT NOT NULL,
    "crew_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "credential_crews_pkey" PRIMARY KEY ("credential_id","crew_id")
);

-- CreateTable
CREATE TABLE "agent_credentials" (
    "id" TEXT NOT NULL,
    "agent_id" TEXT NOT NULL,
    "credential_id" TEXT NOT NULL,
    "env_var_name" TEXT NOT NULL,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(3),
    "lease_source" TEXT,
    "lease_issued_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "agent_credentials_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credential_events" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "credential_id" TEXT NOT NULL,
    "event_type" TEXT NOT NULL,
    "actor_user_id" TEXT,
    "agent_id" TEXT,
    "ip_address" TEXT,
    "metadata" JSONB,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "credential_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "crews" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "description" TEXT,
    "color" TEXT,
    "icon" TEXT,
    "avatar_style" TEXT,
    "container_memory_mb" INTEGER NOT NULL DEFAULT 4096,
    "container_cpus" DOUBLE PRECISION NOT NULL DEFAULT 2,
    "container_ttl_hours" INTEGER,
    "network_mode" TEXT NOT NULL DEFAULT 'restricted',
    "allowed_domains" TEXT[],
    "allow_private_endpoints" BOOLEAN NOT NULL DEFAULT false,
    "mcp_config_json" TEXT,
    "escalation_config" TEXT,
    "runtime_image" TEXT,
    "devcontainer_config" TEXT,
    "mise_config" TEXT,
    "services_json" TEXT,
    "issue_prefix" TEXT,
    "max_ephemeral_agents" INTEGER NOT NULL DEFAULT 10,
    "deleted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "crews_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "crew_members" (
    "id" TEXT NOT NULL,
    "crew_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "crew_members_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agents" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "crew_id" TEXT,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "description" TEXT,
    "role_title" TEXT,
    "agent_role" TEXT NOT NULL DEFAULT 'AGENT',
    "lead_mode" TEXT,
    "status" TEXT NOT NULL DEFAULT 'IDLE',
    "cli_adapter" TEXT NOT NULL DEFAULT 'CLAUDE_CODE',
    "llm_provider" TEXT,
    "llm_model" TEXT,
    "system_prompt" TEXT,
    "avatar_seed" TEXT,
    "avatar_style" TEXT,
    "avatar_url" TEXT,
    "timeout_seconds" INTEGER NOT NULL DEFAULT 1800,
    "tool_profile" TEXT NOT NULL DEFAULT 'CODING',
    "memory_enabled" BOOLEAN NOT NULL DEFAULT false,
    "cli_tools" TEXT,
    "suggested_prompts" TEXT,
    "ask_forms" TEXT,
    "mcp_config_json" TEXT,
    "schedule_cron" TEXT,
    "schedule_prompt" TEXT,
    "schedule_enabled" BOOLEAN NOT NULL DEFAULT false,
    "schedule_last_run" TIMESTAMPTZ(3),
    "schedule_next_run" TIMESTAMPTZ(3),
    "webhook_require_timestamp" BOOLEAN NOT NULL DEFAULT false,
    "sealed_webhook_secret" TEXT,
    "ephemeral" BOOLEAN NOT NULL DEFAULT false,
    "expires_at" TIMESTAMPTZ(3),
    "expired_at" TIMESTAMPTZ(3),
    "parent_lead_id" TEXT,
    "hire_reason" TEXT,
    "workflow_id" TEXT,
    "created_by_user_id" TEXT,
    "deleted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "agents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "full_name" TEXT,
    "avatar_url" TEXT,
    "password_hash" TEXT,
    "email_verified_at" TIMESTAMPTZ(3),
    "onboarding_completed" BOOLEAN NOT NULL DEFAULT false,
    "instance_admin" BOOLEAN NOT NULL DEFAULT false,
    "failed_login_count" INTEGER NOT NULL DEFAULT 0,
    "last_failed_login_at" TIMESTAMPTZ(3),
    "locked_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_sessions" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "current_refresh_jti" TEXT,
    "user_agent" TEXT,
    "ip" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_reason" TEXT,

    CONSTRAINT "user_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cli_tokens" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "tier" TEXT NOT NULL DEFAULT 'STANDARD',
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "cli_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspace_integrations" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "transport" TEXT NOT NULL DEFAULT 'streamable-http',
    "endpoint" TEXT,
    "command" TEXT,
    "args_json" TEXT,
    "env_json" TEXT,
    "config_json" TEXT,
    "sealed_literals" TEXT,
    "icon" TEXT,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "locked" BOOLEAN NOT NULL DEFAULT false,
    "visibility" TEXT NOT NULL DEFAULT 'auto',
    "origin" TEXT NOT NULL DEFAULT 'custom',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workspace_integrations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "crew_integrations" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "crew_id" TEXT NOT NULL,
    "workspace_integration_id" TEXT,
    "name" TEXT NOT NULL,
    "display_name" TEXT,
    "transport" TEXT,
    "endpoint" TEXT,
    "command" TEXT,
    "args_json" TEXT,
    "env_json" TEXT,
    "config_json" TEXT,
    "sealed_literals" TEXT,
    "icon" TEXT,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "visibility" TEXT,
    "origin" TEXT NOT NULL DEFAULT 'custom',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "crew_integrations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agent_bindings" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "agent_id" TEXT NOT NULL,
    "workspace_integration_id" TEXT,
    "crew_integration_id" TEXT,
    "credential_id" TEXT,
    "cred_type" TEXT NOT NULL DEFAULT 'bearer',
    "cred_header" TEXT,
    "env_var_name" TEXT,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "config_override_json" TEXT,
    "sealed_literals" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "agent_bindings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tool_bindings" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "workspace_integration_id" TEXT,
    "crew_integration_id" TEXT,
    "tool_name" TEXT NOT NULL,
    "description" TEXT,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tool_bindings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_logs" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT,
    "user_id" TEXT,
    "actor_type" TEXT NOT NULL,
    "token_id" TEXT,
    "action" TEXT NOT NULL,
    "entity_type" TEXT NOT NULL,
    "entity_id" TEXT,
    "entity_name" TEXT,
    "metadata" JSONB,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "request_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_logs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tool_calls" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "crew_id" TEXT,
    "agent_id" TEXT NOT NULL,
    "mcp_server_id" TEXT NOT NULL,
    "mcp_server_scope" TEXT NOT NULL DEFAULT 'workspace',
    "tool_name" TEXT NOT NULL,
    "input_hash" TEXT,
    "status" TEXT NOT NULL,
    "duration_ms" INTEGER,
    "error_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tool_calls_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agent_runs" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "agent_id" TEXT NOT NULL,
    "chat_id" TEXT,
    "triggered_by" TEXT,
    "trigger_type" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "tags" TEXT[],
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "error_message" TEXT,
    "exit_code" INTEGER,
    "metadata" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "agent_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activity_entries" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "detail" TEXT,
    "from_agent_id" TEXT,
    "from_name" TEXT NOT NULL,
    "from_slug" TEXT NOT NULL,
    "to_name" TEXT,
    "to_slug" TEXT,
    "crew_id" TEXT,
    "crew_name" TEXT NOT NULL,
    "crew_slug" TEXT NOT NULL,
    "crew_color" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "activity_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspaces" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "logo_url" TEXT,
    "preferred_language" TEXT,
    "allow_privileged_credentials" BOOLEAN NOT NULL DEFAULT false,
    "run_retention_days" INTEGER,
    "credential_audit_retention_days" INTEGER,
    "audit_log_retention_days" INTEGER,
    "integration_limit" INTEGER,
    "deleted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workspaces_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspace_revisions" (
    "workspace_id" TEXT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "workspace_revisions_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "data_keys" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "key_version" INTEGER NOT NULL,
    "wrapped" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "data_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspace_members" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" TEXT NOT NULL DEFAULT 'MEMBER',
    "capabilities" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workspace_members_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspace_invitations" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL DEFAULT 'MEMBER',
    "invited_by" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workspace_invitations_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "credentials_workspace_id_type_created_at_id_idx" ON "credentials"("workspace_id", "type", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "credentials_workspace_id_created_at_id_idx" ON "credentials"("workspace_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "credential_crews_crew_id_idx" ON "credential_crews"("crew_id");

-- CreateIndex
CREATE INDEX "agent_credentials_credential_id_idx" ON "agent_credentials"("credential_id");

-- CreateIndex
CREATE UNIQUE INDEX "agent_credentials_agent_id_credential_id_key" ON "agent_credentials"("agent_id", "credential_id");

-- CreateIndex
CREATE INDEX "credential_events_credential_id_occurred_at_id_idx" ON "credential_events"("credential_id", "occurred_at" DESC, "id");

-- CreateIndex
CREATE INDEX "crews_workspace_id_created_at_id_idx" ON "crews"("workspace_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "crew_members_user_id_idx" ON "crew_members"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "crew_members_crew_id_user_id_key" ON "crew_members"("crew_id", "user_id");

-- CreateIndex
CREATE INDEX "agents_workspace_id_created_at_id_idx" ON "agents"("workspace_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "agents_crew_id_idx" ON "agents"("crew_id");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "user_sessions_user_id_created_at_id_idx" ON "user_sessions"("user_id", "created_at" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "cli_tokens_token_hash_key" ON "cli_tokens"("token_hash");

-- CreateIndex
CREATE INDEX "cli_tokens_user_id_created_at_id_idx" ON "cli_tokens"("user_id", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "workspace_integrations_workspace_id_created_at_id_idx" ON "workspace_integrations"("workspace_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "workspace_integrations_workspace_id_name_key" ON "workspace_integrations"("workspace_id", "name");

-- CreateIndex
CREATE INDEX "crew_integrations_crew_id_created_at_id_idx" ON "crew_integrations"("crew_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "crew_integrations_workspace_id_name_id_idx" ON "crew_integrations"("workspace_id", "name", "id");

-- CreateIndex
CREATE INDEX "crew_integrations_workspace_integration_id_idx" ON "crew_integrations"("workspace_integration_id");

-- CreateIndex
CREATE UNIQUE INDEX "crew_integrations_crew_id_name_key" ON "crew_integrations"("crew_id", "name");

-- CreateIndex
CREATE INDEX "agent_bindings_agent_id_created_at_id_idx" ON "agent_bindings"("agent_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "agent_bindings_workspace_integration_id_idx" ON "agent_bindings"("workspace_integration_id");

-- CreateIndex
CREATE INDEX "agent_bindings_crew_integration_id_idx" ON "agent_bindings"("crew_integration_id");

-- CreateIndex
CREATE INDEX "agent_bindings_credential_id_idx" ON "agent_bindings"("credential_id");

-- CreateIndex
CREATE INDEX "agent_bindings_workspace_id_idx" ON "agent_bindings"("workspace_id");

-- CreateIndex
CREATE UNIQUE INDEX "agent_bindings_agent_id_workspace_integration_id_key" ON "agent_bindings"("agent_id", "workspace_integration_id");

-- CreateIndex
CREATE UNIQUE INDEX "agent_bindings_agent_id_crew_integration_id_key" ON "agent_bindings"("agent_id", "crew_integration_id");

-- CreateIndex
CREATE INDEX "tool_bindings_workspace_id_idx" ON "tool_bindings"("workspace_id");

-- CreateIndex
CREATE UNIQUE INDEX "tool_bindings_workspace_integration_id_tool_name_key" ON "tool_bindings"("workspace_integration_id", "tool_name");

-- CreateIndex
CREATE UNIQUE INDEX "tool_bindings_crew_integration_id_tool_name_key" ON "tool_bindings"("crew_integration_id", "tool_name");

-- CreateIndex
CREATE INDEX "audit_logs_workspace_id_created_at_id_idx" ON "audit_logs"("workspace_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_logs_workspace_id_entity_type_entity_id_idx" ON "audit_logs"("workspace_id", "entity_type", "entity_id");

-- CreateIndex
CREATE INDEX "tool_calls_workspace_id_created_at_id_idx" ON "tool_calls"("workspace_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "tool_calls_workspace_id_agent_id_created_at_idx" ON "tool_calls"("workspace_id", "agent_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "tool_calls_workspace_id_mcp_server_id_created_at_idx" ON "tool_calls"("workspace_id", "mcp_server_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "agent_runs_workspace_id_created_at_id_idx" ON "agent_runs"("workspace_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "agent_runs_workspace_id_agent_id_created_at_idx" ON "agent_runs"("workspace_id", "agent_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "activity_entries_workspace_id_created_at_id_idx" ON "activity_entries"("workspace_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "workspaces_slug_key" ON "workspaces"("slug");

-- CreateIndex
CREATE INDEX "data_keys_key_version_idx" ON "data_keys"("key_version");

-- CreateIndex
CREATE UNIQUE INDEX "data_keys_workspace_id_generation_key" ON "data_keys"("workspace_id", "generation");

-- CreateIndex
CREATE INDEX "workspace_members_user_id_idx" ON "workspace_members"("user_id");

-- CreateIndex
CREATE INDEX "workspace_members_workspace_id_created_at_id_idx" ON "workspace_members"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "workspace_members_workspace_id_user_id_key" ON "workspace_members"("workspace_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "workspace_invitations_token_hash_key" ON "workspace_invitations"("token_hash");

-- CreateIndex
CREATE INDEX "workspace_invitations_workspace_id_created_at_id_idx" ON "workspace_invitations"("workspace_id", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "workspace_invitations_email_idx" ON "workspace_invitations"("email");

-- AddForeignKey
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential_crews" ADD CONSTRAINT "credential_crews_credential_id_fkey" FOREIGN KEY ("credential_id") REFERENCES "credentials"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential_crews" ADD CONSTRAINT "credential_crews_crew_id_fkey" FOREIGN KEY ("crew_id") REFERENCES "crews"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_credentials" ADD CONSTRAINT "agent_credentials_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_credentials" ADD CONSTRAINT "agent_credentials_credential_id_fkey" FOREIGN KEY ("credential_id") REFERENCES "credentials"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential_events" ADD CONSTRAINT "credential_events_credential_id_fkey" FOREIGN KEY ("credential_id") REFERENCES "credentials"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crews" ADD CONSTRAINT "crews_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crew_members" ADD CONSTRAINT "crew_members_crew_id_fkey" FOREIGN KEY ("crew_id") REFERENCES "crews"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crew_members" ADD CONSTRAINT "crew_members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agents" ADD CONSTRAINT "agents_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agents" ADD CONSTRAINT "agents_crew_id_fkey" FOREIGN KEY ("crew_id") REFERENCES "crews"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_sessions" ADD CONSTRAINT "user_sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cli_tokens" ADD CONSTRAINT "cli_tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspace_integrations" ADD CONSTRAINT "workspace_integrations_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crew_integrations" ADD CONSTRAINT "crew_integrations_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crew_integrations" ADD CONSTRAINT "crew_integrations_crew_id_fkey" FOREIGN KEY ("crew_id") REFERENCES "crews"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crew_integrations" ADD CONSTRAINT "crew_integrations_workspace_integration_id_fkey" FOREIGN KEY ("workspace_integration_id") REFERENCES "workspace_integrations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_bindings" ADD CONSTRAINT "agent_bindings_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_bindings" ADD CONSTRAINT "agent_bindings_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_bindings" ADD CONSTRAINT "agent_bindings_workspace_integration_id_fkey" FOREIGN KEY ("workspace_integration_id") REFERENCES "workspace_integrations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_bindings" ADD CONSTRAINT "agent_bindings_crew_integration_id_fkey" FOREIGN KEY ("crew_integration_id") REFERENCES "crew_integrations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_bindings" ADD CONSTRAINT "agent_bindings_credential_id_fkey" FOREIGN KEY ("credential_id") REFERENCES "credentials"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_bindings" ADD CONSTRAINT "tool_bindings_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_bindings" ADD CONSTRAINT "tool_bindings_workspace_integration_id_fkey" FOREIGN KEY ("workspace_integration_id") REFERENCES "workspace_integrations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_bindings" ADD CONSTRAINT "tool_bindings_crew_integration_id_fkey" FOREIGN KEY ("crew_integration_id") REFERENCES "crew_integrations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspace_revisions" ADD CONSTRAINT "workspace_revisions_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspace_members" ADD CONSTRAINT "workspace_members_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspace_members" ADD CONSTRAINT "workspace_members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspace_invitations" ADD CONSTRAINT "workspace_invitations_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspace_invitations" ADD CONSTRAINT "workspace_invitations_invited_by_fkey" FOREIGN KEY ("invited_by") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema language cannot say: closed word lists, names that are unique among live rows, "exactly one of
-- two", and the counter that tells a changed configuration from an unchanged one.

ALTER TABLE "workspace_members" ADD CONSTRAINT "workspace_members_role_check"
  CHECK ("role" IN ('OWNER', 'ADMIN', 'MANAGER', 'MEMBER', 'VIEWER'));
ALTER TABLE "workspace_invitations" ADD CONSTRAINT "workspace_invitations_role_check"
  CHECK ("role" IN ('ADMIN', 'MANAGER', 'MEMBER', 'VIEWER'));
ALTER TABLE "cli_tokens" ADD CONSTRAINT "cli_tokens_tier_check" CHECK ("tier" IN ('STANDARD', 'ADMIN'));
ALTER TABLE "crews" ADD CONSTRAINT "crews_network_mode_check" CHECK ("network_mode" IN ('free', 'restricted'));
ALTER TABLE "agents" ADD CONSTRAINT "agents_agent_role_check" CHECK ("agent_role" IN ('AGENT', 'LEAD'));
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_status_check"
  CHECK ("status" IN ('ACTIVE', 'PENDING', 'EXPIRED', 'RATE_LIMITED', 'REVOKED', 'ERROR'));
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_scope_check" CHECK ("scope" IN ('WORKSPACE', 'CREW'));
ALTER TABLE "workspace_integrations" ADD CONSTRAINT "workspace_integrations_transport_check"
  CHECK ("transport" IN ('streamable-http', 'stdio'));
ALTER TABLE "workspace_integrations" ADD CONSTRAINT "workspace_integrations_visibility_check"
  CHECK ("visibility" IN ('auto', 'everyone', 'bound'));
ALTER TABLE "crew_integrations" ADD CONSTRAINT "crew_integrations_transport_check"
  CHECK ("transport" IN ('streamable-http', 'stdio'));
ALTER TABLE "crew_integrations" ADD CONSTRAINT "crew_integrations_visibility_check"
  CHECK ("visibility" IN ('auto', 'everyone', 'bound'));
ALTER TABLE "agent_bindings" ADD CONSTRAINT "agent_bindings_cred_type_check"
  CHECK ("cred_type" IN ('bearer', 'api_key', 'basic'));
ALTER TABLE "agent_bindings" ADD CONSTRAINT "agent_bindings_one_server_check"
  CHECK (num_nonnulls("workspace_integration_id", "crew_integration_id") = 1);
ALTER TABLE "tool_bindings" ADD CONSTRAINT "tool_bindings_one_server_check"
  CHECK (num_nonnulls("workspace_integration_id", "crew_integration_id") = 1);
ALTER TABLE "tool_calls" ADD CONSTRAINT "tool_calls_status_check"
  CHECK ("status" IN ('success', 'error', 'denied', 'timeout'));

CREATE UNIQUE INDEX "crews_live_slug_key" ON "crews" ("workspace_id", "slug") WHERE "deleted_at" IS NULL;
CREATE UNIQUE INDEX "agents_live_slug_key" ON "agents" ("workspace_id", "slug") WHERE "deleted_at" IS NULL;
CREATE UNIQUE INDEX "agents_live_lead_key" ON "agents" ("crew_id") WHERE "agent_role" = 'LEAD' AND "deleted_at" IS NULL;
CREATE UNIQUE INDEX "credentials_live_name_key" ON "credentials" ("workspace_id", "name") WHERE "deleted_at" IS NULL;

-- Every workspace has a revision from its first moment.
CREATE FUNCTION "open_workspace_revision"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "workspace_revisions" ("workspace_id", "revision") VALUES (NEW."id", 1);
  RETURN NULL;
END $$;
CREATE TRIGGER "workspaces_open_revision" AFTER INSERT ON "workspaces"
  FOR EACH ROW EXECUTE FUNCTION "open_workspace_revision"();

-- Raised once per statement for each workspace whose rows it touched, in id order so that writers meet in one order.
CREATE FUNCTION "raise_workspace_revisions"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "workspace_revisions" r
    WHERE r."workspace_id" IN (SELECT DISTINCT c."workspace_id" FROM "changed" c)
    ORDER BY r."workspace_id" FOR NO KEY UPDATE;
  UPDATE "workspace_revisions" r SET "revision" = r."revision" + 1
    FROM (SELECT DISTINCT c."workspace_id" FROM "changed" c) touched
    WHERE r."workspace_id" = touched."workspace_id";
  RETURN NULL;
END $$;

-- For tables whose rows also change for reasons that no resolution depends on.
CREATE FUNCTION "raise_workspace_revision_of_row"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "workspace_revisions" SET "revision" = "revision" + 1 WHERE "workspace_id" = NEW."workspace_id";
  RETURN NULL;
END $$;

DO $$
DECLARE watched text;
BEGIN
  FOREACH watched IN ARRAY ARRAY['workspace_integrations', 'crew_integrations', 'agent_bindings', 'tool_bindings', 'agents', 'crews', 'credentials'] LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION raise_workspace_revisions()', watched || '_inserted', watched);
    EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION raise_workspace_revisions()', watched || '_deleted', watched);
  END LOOP;
  FOREACH watched IN ARRAY ARRAY['workspace_integrations', 'crew_integrations', 'agent_bindings', 'tool_bindings'] LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION raise_workspace_revisions()', watched || '_updated', watched);
  END LOOP;
END $$;

CREATE TRIGGER "agents_updated" AFTER UPDATE ON "agents" FOR EACH ROW
  WHEN ((OLD."crew_id", OLD."deleted_at") IS DISTINCT FROM (NEW."crew_id", NEW."deleted_at"))
  EXECUTE FUNCTION "raise_workspace_revision_of_row"();
CREATE TRIGGER "crews_updated" AFTER UPDATE ON "crews" FOR EACH ROW
  WHEN (OLD."deleted_at" IS DISTINCT FROM NEW."deleted_at")
  EXECUTE FUNCTION "raise_workspace_revision_of_row"();
CREATE TRIGGER "credentials_updated" AFTER UPDATE ON "credentials" FOR EACH ROW
  WHEN ((OLD."name", OLD."status", OLD."token_expires_at", OLD."deleted_at")
    IS DISTINCT FROM (NEW."name", NEW."status", NEW."token_expires_at", NEW."deleted_at"))
  EXECUTE FUNCTION "raise_workspace_revision_of_row"();
