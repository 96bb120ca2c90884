-- CreateIndex
CREATE INDEX "channel_messages_created_at_idx" ON "channel_messages"("created_at");
