import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { IdentityModule } from '../identity/identity.module.js';
import { SessionCookies } from './session-cookies.service.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';

/** Browser sessions and their cookies. */
@Module({
  imports: [AuditLogModule, IdentityModule, PrismaModule],
  controllers: [SessionsController],
  providers: [SessionCookies, SessionsRepository, SessionsService],
  exports: [SessionCookies, SessionsService],
})
export class SessionsModule {}
