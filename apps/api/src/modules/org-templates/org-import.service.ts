import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import type { LateBody } from '#http';
import { AppError, type CallerScope, Transactions } from '#kernel';
import type { ImportOrgDto } from './dto/import-org.dto.js';
import type { OrgImportResponse } from './dto/org-import.response.js';
import { OrgFoundingService } from './org-founding.service.js';
import type { OrgImportAnswer } from './org-import.types.js';
import { OrgImportPorts } from './org-import-ports.service.js';
import { OrgImportsRepository } from './org-imports.repository.js';
import type { PlannedWorkspace } from './org-plan.types.js';
import { OrgPreparationService } from './org-preparation.service.js';
import { orgTemplateErrors } from './org-templates.errors.js';
import { toOrgImportAnswer } from './org-templates.mapper.js';

const attempts = 3;
// 200 workspaces take some seconds, on a busy machine many.
const timeoutMs = 120_000;

// Answers that were kept before imports left notes.
const withoutNotes = { notes: [] };

interface Wish {
  org: string;
  dir: string;
  importKey: string | null;
  plan: readonly PlannedWorkspace[];
}

/** Importing organisations: everything or nothing. */
@Injectable()
export class OrgImportService {
  constructor(
    private readonly preparation: OrgPreparationService,
    private readonly founding: OrgFoundingService,
    private readonly imports: OrgImportsRepository,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly ports: OrgImportPorts,
  ) {}

  /**
   * Makes every workspace of a template. With an `import_key` that was used before it makes nothing and answers what was made then.
   * @throws AppError 400, 404, 409 `org_template.import_key_taken`, 412 `org_template.missing_env`.
   */
  async import(caller: CallerScope, body: LateBody<ImportOrgDto>): Promise<OrgImportResponse> {
    const dto = read(body);
    const importKey = dto.import_key || null;
    const dir = dto.dir ?? '';
    const earlier = importKey === null ? null : await this.#earlier(importKey, dir);
    if (earlier) return earlier;
    const wish = { ...(await this.preparation.prepare(dto)), dir, importKey };
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.transactions.run(() => this.#found(caller, wish), { timeoutMs });
      } catch (error) {
        const isRace = error instanceof AppError && error.code === 'workspace.slug_taken';
        if (!isRace || attempt >= attempts) throw error;
      }
    }
  }

  async #found(caller: CallerScope, { org, dir, importKey, plan }: Wish): Promise<OrgImportResponse> {
    const id = this.ports.ids.next();
    if (importKey !== null) {
      const isFirst = await this.imports.claim({ id, importKey, dir, createdAt: this.ports.clock.now() });
      const earlier = isFirst ? null : await this.#earlier(importKey, dir);
      if (earlier) return earlier;
    }
    const answer = toOrgImportAnswer(org, await this.founding.found(caller, plan, id));
    if (importKey !== null) await this.imports.answer(id, answer);
    await this.#record(caller, { id, dir, answer });
    return { ...answer, repeated: false };
  }

  async #earlier(importKey: string, dir: string): Promise<OrgImportResponse | null> {
    const stored = await this.imports.find(importKey);
    if (!stored) return null;
    if (stored.dir !== dir) throw orgTemplateErrors.importKeyTaken();
    return { ...stored.answer, report: { ...withoutNotes, ...stored.answer.report }, repeated: true };
  }

  #record(caller: CallerScope, { id, dir, answer }: { id: string; dir: string; answer: OrgImportAnswer }) {
    const entry = { action: 'org.import', entityType: 'ORG_TEMPLATE', entityId: id, entityName: answer.org };
    const metadata = { dir, workspaces: answer.count, skipped: answer.report.skipped_count };
    return this.audit.record(caller, { ...entry, metadata });
  }
}

function read(body: LateBody<ImportOrgDto>): ImportOrgDto {
  try {
    return body.read();
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'http.unknown_members') throw error;
    throw orgTemplateErrors.invalidBody({ cause: error, fields: error.fields });
  }
}
