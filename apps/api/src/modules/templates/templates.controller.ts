import { Controller, Get, Post, Query } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { Caller, InstanceAdmin } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody, PageQuery, problemContentType } from '#http';
import type { CallerScope, Page } from '#kernel';
import { ImportTemplateDto } from './dto/import-template.dto.js';
import { ImportTemplateProblemResponse } from './dto/import-template-problem.response.js';
import { ImportedTemplateResponse, TemplateResponse } from './dto/template.response.js';
import { TemplateCatalogueService } from './template-catalogue.service.js';
import { TemplateImportService } from './template-import.service.js';

const importProblem = { [problemContentType]: { schema: { $ref: getSchemaPath(ImportTemplateProblemResponse) } } };

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
    errors: [404, 413, 502, 504],
  })
  @ApiExtraModels(ImportTemplateProblemResponse)
  @ApiResponse({ status: 400, description: 'The body is invalid.', content: importProblem })
  @ApiResponse({ status: 409, description: 'There is a template of this name; `id` names it.', content: importProblem })
  @ApiResponse({
    status: 422,
    description: 'The source is not pinned, or what it holds is no template.',
    content: importProblem,
  })
  import(
    @Caller() caller: CallerScope,
    @BodyAfterLookup(ImportTemplateDto) body: LateBody<ImportTemplateDto>,
  ): Promise<ImportedTemplateResponse> {
    return this.imports.import(caller, body);
  }
}
