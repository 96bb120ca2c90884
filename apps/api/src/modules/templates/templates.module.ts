import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { EgressModule } from '../egress/egress.module.js';
import { TemplateCatalogueService } from './template-catalogue.service.js';
import { TemplateImportService } from './template-import.service.js';
import { TemplateSourceService } from './template-source.service.js';
import { TemplatesController } from './templates.controller.js';

/** Templates of workspaces. */
@Module({
  imports: [AuditLogModule, EgressModule, PrismaModule],
  controllers: [TemplatesController],
  providers: [TemplateCatalogueService, TemplateImportService, TemplateSourceService],
})
export class TemplatesModule {}
