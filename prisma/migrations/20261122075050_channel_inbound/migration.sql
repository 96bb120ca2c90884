-- AlterTable
ALTER TABLE "channels" ADD COLUMN     "confirmed_chat_id" TEXT,
ADD COLUMN     "inbound_key" TEXT;

-- CreateTable
CREATE TABLE "webhook_receipts" (
    "id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_receipts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "webhook_receipts_created_at_idx" ON "webhook_receipts"("created_at");

-- CreateIndex
CREATE INDEX "channel_messages_channel_id_chat_id_created_at_idx" ON "channel_messages"("channel_id", "chat_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "channels_inbound_key_idx" ON "channels"("inbound_key");

-- CreateIndex
CREATE INDEX "channels_chat_ids_idx" ON "channels" USING GIN ("chat_ids");
