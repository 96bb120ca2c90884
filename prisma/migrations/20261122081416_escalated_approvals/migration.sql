-- CreateIndex
CREATE INDEX "approvals_escalated_to_created_at_id_idx" ON "approvals"("escalated_to", "created_at" DESC, "id" DESC);
