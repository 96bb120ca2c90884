-- AlterTable
ALTER TABLE "data_keys" ADD COLUMN     "made_under" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "retired_at" TIMESTAMPTZ(3);

-- No data key has been wrapped anew before this migration.
UPDATE "data_keys" SET "made_under" = "key_version";

-- For the sweep that forgets the values before a rotation.
CREATE INDEX "credentials_previous_value_until_idx" ON "credentials" ("previous_value_until") WHERE "previous_value_until" IS NOT NULL;
