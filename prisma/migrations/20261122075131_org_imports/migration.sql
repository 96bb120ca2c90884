-- AlterTable
ALTER TABLE "instance_secrets" ADD COLUMN     "workspace_id" TEXT NOT NULL DEFAULT '@instance';

-- CreateTable
CREATE TABLE "org_imports" (
    "id" TEXT NOT NULL,
    "import_key" TEXT NOT NULL,
    "dir" TEXT NOT NULL,
    "answer" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "org_imports_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "org_imports_import_key_key" ON "org_imports"("import_key");
