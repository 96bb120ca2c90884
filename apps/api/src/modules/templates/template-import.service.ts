import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { AppConfig } from '#config';
import type { LateBody } from '#http';
import { AppError, type CallerScope, Clock, Ids, Transactions } from '#kernel';
import type { StagedTree } from '#sources';
import { ImportTemplateDto } from './dto/import-template.dto.js';
import type { ImportedTemplateResponse } from './dto/template.response.js';
import { checkFetchedTree, treeOfFiles } from './template-files.js';
import { removeAbandonedStages, type StagedFolder, stageFolder } from './template-folder.js';
import { templateSlug } from './template-slug.js';
import { TemplateSourceService } from './template-source.service.js';
import { templateErrors } from './templates.errors.js';

const abandonedAfterMs = 3_600_000;

interface Draft {
  name: string;
  source: string | null;
  tree: StagedTree;
}

/** Importing templates: into the folder as a whole or not at all. */
@Injectable()
export class TemplateImportService {
  constructor(
    private readonly sources: TemplateSourceService,
    private readonly config: AppConfig,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Imports a template. @throws AppError 400, 404, 409 `template.exists`, 413, 422, 502, 504. */
  async import(caller: CallerScope, body: LateBody<ImportTemplateDto>): Promise<ImportedTemplateResponse> {
    const draft = await this.#draftOf(read(body));
    const root = this.config.templates.dir;
    const slug = templateSlug(draft.name);
    const names = { id: this.ids.next(), slug };
    await removeAbandonedStages(root, new Date(this.clock.now().getTime() - abandonedAfterMs));
    const folder = await stageFolder(root, draft.tree, names).catch((cause: unknown) => {
      throw templateErrors.writeFailed({ cause });
    });
    await this.#publish(caller, folder, { ...draft, slug });
    return { status: 'imported', id: slug, name: draft.name };
  }

  async #draftOf({ name, files, source }: ImportTemplateDto): Promise<Draft> {
    // null counts as absent.
    if (source != null && files == null) {
      const fetched = await this.sources.fetch(source);
      checkFetchedTree(fetched.tree);
      return { name: name || fetched.repo, source: fetched.source, tree: fetched.tree };
    }
    if (!name || source != null) throw templateErrors.invalidBody();
    return { name, source: null, tree: treeOfFiles(name, files) };
  }

  // The row and the folder come together: the folder last, and away again when the row is not kept.
  async #publish(caller: CallerScope, folder: StagedFolder, { name, source, slug, tree }: Draft & { slug: string }) {
    let isPublished = false;
    try {
      await this.transactions.run(async () => {
        const metadata = { name, source, files: tree.size };
        const entry = { action: 'template.import', entityType: 'TEMPLATE', entityId: slug, entityName: name };
        await this.audit.record(caller, { ...entry, metadata });
        isPublished ||= await folder.publish();
        if (!isPublished) throw templateErrors.exists({ extensions: { id: slug } });
      });
    } catch (error) {
      await (isPublished ? folder.retract() : folder.discard());
      throw error;
    }
  }
}

function read(body: LateBody<ImportTemplateDto>): ImportTemplateDto {
  try {
    return body.read();
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'http.unknown_members') throw error;
    throw templateErrors.invalidBody({ cause: error, fields: error.fields });
  }
}
