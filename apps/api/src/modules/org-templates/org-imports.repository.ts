import { Injectable } from '@nestjs/common';
import { type Prisma, PrismaService } from '#prisma';
import type { OrgImportAnswer } from './org-import.types.js';

/** An import that named a key. */
export interface StoredImport {
  dir: string;
  answer: OrgImportAnswer;
}

/** The rows of `org_imports`. */
@Injectable()
export class OrgImportsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** What was imported with the key; null when nothing was. */
  async find(importKey: string): Promise<StoredImport | null> {
    const row = await this.prisma.client.orgImport.findUnique({
      where: { importKey },
      select: { dir: true, answer: true },
    });
    // Written by `claim` and `answer` only.
    return row && { dir: row.dir, answer: row.answer as unknown as OrgImportAnswer };
  }

  /**
   * Takes the key for the running transaction, after any other that has it is over. False when another import was kept under it:
   * exactly one of many gets true.
   */
  async claim(row: { id: string; importKey: string; dir: string; createdAt: Date }): Promise<boolean> {
    const count = await this.prisma.client.$executeRaw`
      INSERT INTO org_imports (id, import_key, dir, answer, created_at)
      VALUES (${row.id}, ${row.importKey}, ${row.dir}, '{}', ${row.createdAt})
      ON CONFLICT (import_key) DO NOTHING`;
    return count === 1;
  }

  /** Keeps the answer of a claimed import. */
  async answer(id: string, answer: OrgImportAnswer): Promise<void> {
    await this.prisma.client.orgImport.update({
      where: { id },
      data: { answer: answer as unknown as Prisma.InputJsonObject },
      select: { id: true },
    });
  }
}
