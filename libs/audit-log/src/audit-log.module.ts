import { Module } from '@nestjs/common';
import { PrismaModule } from '#prisma';
import { AuditLogService } from './audit-log.service.js';

/** The recorder of audit rows. */
@Module({ imports: [PrismaModule], providers: [AuditLogService], exports: [AuditLogService] })
export class AuditLogModule {}
