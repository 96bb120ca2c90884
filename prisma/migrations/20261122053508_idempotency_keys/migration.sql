-- CreateTable
CREATE TABLE "idempotency_keys" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "scope_hash" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "locked_until" TIMESTAMPTZ(3) NOT NULL,
    "status" INTEGER,
    "sealed_answer" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "idempotency_keys_scope_hash_key" ON "idempotency_keys"("scope_hash");

-- CreateIndex
CREATE INDEX "idempotency_keys_expires_at_idx" ON "idempotency_keys"("expires_at");

-- A call is under way, or it is answered.
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_answered_check"
  CHECK (("status" IS NULL) = ("sealed_answer" IS NULL));
