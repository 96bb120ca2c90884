import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Endpoint } from '#http';
import type { WorkspaceScope } from '#kernel';
import { AuditService } from './audit.service.js';
import { AuditPageResponse } from './dto/audit.response.js';
import { ListAuditQuery } from './dto/list-audit.query.js';

/** Who changed what (seed 003, "Audit"). */
@ApiTags('Audit')
@Controller('api/v1/audit')
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  @Access('audit:manage')
  @Endpoint({
    id: 'listAuditLog',
    summary: 'Read the audit log of a workspace',
    description: 'Newest first. Filters narrow together; texts compare exactly, `search` looks for a part of them.',
    type: AuditPageResponse,
    paged: true,
    errors: [400],
  })
  list(@Scope() scope: WorkspaceScope, @Query() query: ListAuditQuery): Promise<AuditPageResponse> {
    return this.audit.list(scope, query);
  }
}
