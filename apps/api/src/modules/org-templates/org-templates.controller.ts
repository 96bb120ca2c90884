import { Controller, Get, Post, Query } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { Caller, InstanceAdmin } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody, PageQuery, problemContentType } from '#http';
import type { CallerScope, Page } from '#kernel';
import { ImportOrgDto } from './dto/import-org.dto.js';
import { MissingEnvProblemResponse } from './dto/missing-env-problem.response.js';
import { OrgImportResponse } from './dto/org-import.response.js';
import { OrgTemplateResponse } from './dto/org-template.response.js';
import { OrgCatalogueService } from './org-catalogue.service.js';
import { OrgImportService } from './org-import.service.js';

/** Templates to make whole hierarchies of workspaces of (seed 004). */
@ApiTags('Templates')
@Controller('api/v1/org')
export class OrgTemplatesController {
  constructor(
    private readonly catalogue: OrgCatalogueService,
    private readonly imports: OrgImportService,
  ) {}

  @Get('templates')
  @InstanceAdmin()
  @Endpoint({
    id: 'listOrgTemplates',
    summary: 'List the organisation templates',
    description: 'The folders of `ORG_TEMPLATES_DIR` with a valid org.yaml, by name. Others are left out.',
    type: [OrgTemplateResponse],
    paged: true,
  })
  list(@Query() page: PageQuery): Promise<Page<OrgTemplateResponse>> {
    return this.catalogue.list(page);
  }

  @Post('import')
  @InstanceAdmin()
  @Audited('org.import')
  @Endpoint({
    id: 'importOrg',
    summary: 'Import an organisation template',
    description:
      'Makes every workspace of the template with its lead agent, files, memories, schedules, channels and the credentials of its ' +
      '.env files, in one transaction: everything or nothing. A person who calls owns the workspaces; made with `ADMIN_TOKEN` they ' +
      'have no members. `${NAME}` in a channel stands for a variable of the folder’s .env files or for a secret of the instance, ' +
      'never for one of this process. Plugins that the registry has are installed soon after, those of other names are noted as ' +
      'wanted. The `url` of an external workspace becomes its delivery endpoint (`a2a`). At most 200 workspaces, 16 levels, 4000 ' +
      'plugins in all. What was left out is in `report`.',
    status: 201,
    type: OrgImportResponse,
    body: ImportOrgDto,
    errors: [400, 404, 409],
  })
  @ApiExtraModels(MissingEnvProblemResponse)
  @ApiResponse({
    status: 412,
    description: 'Required environment variables are not set as secrets of the instance; `force` imports all the same.',
    content: { [problemContentType]: { schema: { $ref: getSchemaPath(MissingEnvProblemResponse) } } },
  })
  import(
    @Caller() caller: CallerScope,
    @BodyAfterLookup(ImportOrgDto) body: LateBody<ImportOrgDto>,
  ): Promise<OrgImportResponse> {
    return this.imports.import(caller, body);
  }
}
