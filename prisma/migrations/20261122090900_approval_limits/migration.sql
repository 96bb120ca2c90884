-- Which of a workspace wait, and which were decided long ago.
CREATE INDEX "approvals_waiting_idx" ON "approvals" ("workspace_id", "expires_at") WHERE "status" = 'pending';
CREATE INDEX "approvals_decided_idx" ON "approvals" ("decided_at") WHERE "status" <> 'pending';
