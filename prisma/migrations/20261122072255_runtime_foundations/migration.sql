-- CreateTable
CREATE TABLE "approvals" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "agent_id" TEXT,
    "task_id" TEXT,
    "action" TEXT NOT NULL,
    "reason" TEXT,
    "context" JSONB NOT NULL DEFAULT '{}',
    "status" TEXT NOT NULL DEFAULT 'pending',
    "decided_by" TEXT,
    "decided_by_user_id" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "escalated_to" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "approvals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channels" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "agent_id" TEXT,
    "channel_type" TEXT NOT NULL,
    "config" JSONB NOT NULL,
    "sealed_config" TEXT,
    "chat_ids" TEXT[],
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "allowed_users" TEXT[],
    "channel_budget" INTEGER,
    "budget_period" TEXT,
    "budget_period_from" TIMESTAMPTZ(3),
    "budget_used" INTEGER NOT NULL DEFAULT 0,
    "message_count" INTEGER NOT NULL DEFAULT 0,
    "last_message_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "channels_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel_messages" (
    "id" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "chat_id" TEXT,
    "user_id" TEXT,
    "username" TEXT,
    "text" TEXT,
    "reply_text" TEXT,
    "provider_message_id" TEXT,
    "delivery_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "channel_messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_endpoints" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "agent_id" TEXT,
    "url" TEXT NOT NULL,
    "protocol" TEXT NOT NULL DEFAULT 'event',
    "sealed_secret" TEXT NOT NULL,
    "event_types" TEXT[],
    "disabled_at" TIMESTAMPTZ(3),
    "disabled_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "delivery_endpoints_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_lanes" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "agent_id" TEXT,
    "last_seq" BIGINT NOT NULL DEFAULT 0,
    "last_pulled_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_lanes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deliveries" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "lane_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "agent_id" TEXT,
    "type" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "origin_kind" TEXT NOT NULL,
    "origin_id" TEXT,
    "run_id" TEXT,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "settled_at" TIMESTAMPTZ(3),
    "reply_text" TEXT,
    "replied_at" TIMESTAMPTZ(3),
    "reply_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_attempts" (
    "id" TEXT NOT NULL,
    "delivery_id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "url" TEXT,
    "outcome" TEXT NOT NULL,
    "status_code" INTEGER,
    "error" TEXT,
    "duration_ms" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "delivery_attempts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "events" (
    "id" TEXT NOT NULL,
    "xid" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
    "seq" BIGSERIAL NOT NULL,
    "workspace_id" TEXT,
    "agent_id" TEXT,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspace_plugins" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "version" TEXT,
    "manifest" JSONB NOT NULL,
    "sha256" TEXT NOT NULL,
    "archive" BYTEA NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "installed_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workspace_plugins_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plugin_allowances" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "plugin_name" TEXT NOT NULL,
    "enabled_by" TEXT NOT NULL,
    "enabled_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "plugin_allowances_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "schedules" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "agent_id" TEXT,
    "name" TEXT NOT NULL,
    "cron_expr" TEXT NOT NULL,
    "timezone" TEXT NOT NULL DEFAULT 'UTC',
    "prompt" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "source" TEXT NOT NULL DEFAULT 'runtime',
    "next_run_at" TIMESTAMPTZ(3),
    "last_run_at" TIMESTAMPTZ(3),
    "run_count" INTEGER NOT NULL DEFAULT 0,
    "last_status" TEXT NOT NULL DEFAULT '',
    "last_error" TEXT NOT NULL DEFAULT '',
    "consecutive_empty_runs" INTEGER NOT NULL DEFAULT 0,
    "claimed_by" TEXT,
    "claimed_until" TIMESTAMPTZ(3),
    "created_by_user_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "schedules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "schedule_runs" (
    "id" TEXT NOT NULL,
    "schedule_id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "scheduled_for" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "duration_ms" INTEGER,
    "status" TEXT NOT NULL,
    "error_detail" TEXT NOT NULL DEFAULT '',
    "response_excerpt" TEXT,
    "request" JSONB NOT NULL,
    "delivery_id" TEXT,

    CONSTRAINT "schedule_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspace_runtimes" (
    "workspace_id" TEXT NOT NULL,
    "parent_id" TEXT,
    "role" TEXT,
    "tier" INTEGER NOT NULL DEFAULT 1,
    "runtime" TEXT NOT NULL DEFAULT 'langgraph',
    "model" TEXT,
    "status" TEXT NOT NULL DEFAULT 'online',
    "max_concurrent_tasks" INTEGER NOT NULL DEFAULT 1,
    "active_tasks" INTEGER NOT NULL DEFAULT 0,
    "last_heartbeat_at" TIMESTAMPTZ(3),
    "source_bundle_id" TEXT,
    "config" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workspace_runtimes_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "workspace_files" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workspace_files_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspace_memories" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "scope" TEXT NOT NULL DEFAULT 'LOCAL',
    "namespace" TEXT NOT NULL DEFAULT 'general',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workspace_memories_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "instance_secrets" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sealed_value" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "instance_secrets_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "approvals_workspace_id_created_at_id_idx" ON "approvals"("workspace_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "channels_channel_type_idx" ON "channels"("channel_type");

-- CreateIndex
CREATE UNIQUE INDEX "channels_workspace_id_channel_type_key" ON "channels"("workspace_id", "channel_type");

-- CreateIndex
CREATE INDEX "channel_messages_channel_id_created_at_id_idx" ON "channel_messages"("channel_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "channel_messages_channel_id_provider_message_id_key" ON "channel_messages"("channel_id", "provider_message_id");

-- CreateIndex
CREATE INDEX "delivery_endpoints_workspace_id_idx" ON "delivery_endpoints"("workspace_id");

-- CreateIndex
CREATE INDEX "delivery_lanes_workspace_id_idx" ON "delivery_lanes"("workspace_id");

-- CreateIndex
CREATE INDEX "deliveries_workspace_id_created_at_id_idx" ON "deliveries"("workspace_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_lane_id_seq_key" ON "deliveries"("lane_id", "seq");

-- CreateIndex
CREATE INDEX "delivery_attempts_delivery_id_attempt_idx" ON "delivery_attempts"("delivery_id", "attempt");

-- CreateIndex
CREATE INDEX "events_workspace_id_xid_seq_idx" ON "events"("workspace_id", "xid", "seq");

-- CreateIndex
CREATE INDEX "events_xid_seq_idx" ON "events"("xid", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "workspace_plugins_workspace_id_name_key" ON "workspace_plugins"("workspace_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "plugin_allowances_workspace_id_plugin_name_key" ON "plugin_allowances"("workspace_id", "plugin_name");

-- CreateIndex
CREATE INDEX "schedules_workspace_id_created_at_id_idx" ON "schedules"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "schedules_workspace_id_name_key" ON "schedules"("workspace_id", "name");

-- CreateIndex
CREATE INDEX "schedule_runs_schedule_id_started_at_id_idx" ON "schedule_runs"("schedule_id", "started_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "workspace_runtimes_parent_id_idx" ON "workspace_runtimes"("parent_id");

-- CreateIndex
CREATE UNIQUE INDEX "workspace_files_workspace_id_path_key" ON "workspace_files"("workspace_id", "path");

-- CreateIndex
CREATE INDEX "workspace_memories_workspace_id_created_at_id_idx" ON "workspace_memories"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "instance_secrets_name_key" ON "instance_secrets"("name");

-- AddForeignKey
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channels" ADD CONSTRAINT "channels_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channels" ADD CONSTRAINT "channels_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_messages" ADD CONSTRAINT "channel_messages_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channels"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_endpoints" ADD CONSTRAINT "delivery_endpoints_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_endpoints" ADD CONSTRAINT "delivery_endpoints_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_lanes" ADD CONSTRAINT "delivery_lanes_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_lane_id_fkey" FOREIGN KEY ("lane_id") REFERENCES "delivery_lanes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_attempts" ADD CONSTRAINT "delivery_attempts_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "deliveries"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "events" ADD CONSTRAINT "events_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspace_plugins" ADD CONSTRAINT "workspace_plugins_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plugin_allowances" ADD CONSTRAINT "plugin_allowances_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedules" ADD CONSTRAINT "schedules_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedules" ADD CONSTRAINT "schedules_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule_runs" ADD CONSTRAINT "schedule_runs_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "schedules"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspace_runtimes" ADD CONSTRAINT "workspace_runtimes_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspace_runtimes" ADD CONSTRAINT "workspace_runtimes_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "workspaces"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspace_files" ADD CONSTRAINT "workspace_files_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspace_memories" ADD CONSTRAINT "workspace_memories_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One endpoint a recipient, the workspace itself included.
CREATE UNIQUE INDEX "delivery_endpoints_recipient_key" ON "delivery_endpoints" ("workspace_id", "agent_id") NULLS NOT DISTINCT;

-- The head of a lane, and the lanes that have something to do.
CREATE INDEX "deliveries_pending_idx" ON "deliveries" ("lane_id", "seq") WHERE "status" = 'pending';

-- What is due.
CREATE INDEX "schedules_due_idx" ON "schedules" ("next_run_at", "id") WHERE "enabled";
CREATE INDEX "approvals_pending_idx" ON "approvals" ("expires_at", "id") WHERE "status" = 'pending';

-- A slot of a schedule fires once.
CREATE UNIQUE INDEX "schedule_runs_slot_key" ON "schedule_runs" ("schedule_id", "scheduled_for") WHERE "trigger" = 'schedule';
