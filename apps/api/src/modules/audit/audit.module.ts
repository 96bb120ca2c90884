import { Module } from '@nestjs/common';
import { PrismaModule } from '#prisma';
import { AuditController } from './audit.controller.js';
import { AuditRepository } from './audit.repository.js';
import { AuditService } from './audit.service.js';

/** Reading the audit log. */
@Module({ imports: [PrismaModule], controllers: [AuditController], providers: [AuditRepository, AuditService] })
export class AuditModule {}
