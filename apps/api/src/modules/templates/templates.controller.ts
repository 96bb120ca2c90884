import { Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, InstanceAdmin } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody, PageQuery } from '#http';
import type { CallerScope, Page } from '#kernel';
import { ImportTemplateDto } from './dto/import-template.dto.js';
import { ImportedTemplateResponse, TemplateResponse } from './dto/template.response.js';
import { TemplateCatalogueService } from './template-catalogue.service.js';
import { TemplateImportService } from './template-import.service.js';

/** Templates to make workspaces of (seed 004). */
@ApiTags('Templates')
@Controller('api/v1/templates')
export class TemplatesController {
  constructor(
    private readonly catalogue: TemplateCatalogueService,
    private readonly imports: TemplateImportService,
  ) {}

  @Get()
  @InstanceAdmin()
  @Endpoint({
    id: 'listTemplates',
    summary: 'List the workspace templates',
    description: 'The folders of `TEMPLATES_DIR` with a valid config.yaml, by name. Others are left out.',
    type: [TemplateResponse],
    paged: true,
  })
  list(@Query() page: PageQuery): Promise<Page<TemplateResponse>> {
    return this.catalogue.list(page);
  }

  @Post('import')
  @InstanceAdmin()
  @Audited('template.import')
  @Endpoint({
    id: 'importTemplate',
    summary: 'Import a workspace template',
    description:
      'From `files` (the body may have 16 MB), or from a pinned `source` on GitHub. It appears in the folder as a whole, or not at ' +
      'all; of several imports of one name exactly one succeeds, on however many replicas.',
    status: 201,
    type: ImportedTemplateResponse,
    body: ImportTemplateDto,
    errors: [400, 404, 409, 413, 422, 502, 504],
  })
  import(
    @Caller() caller: CallerScope,
    @BodyAfterLookup(ImportTemplateDto) body: LateBody<ImportTemplateDto>,
  ): Promise<ImportedTemplateResponse> {
    return this.imports.import(caller, body);
  }
}
