import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { IdentityModule } from '../identity/identity.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { AuthController } from './auth.controller.js';
import { BrowserSessionsService } from './browser-sessions.service.js';
import { CredentialsCallbackService } from './credentials-callback.service.js';
import { LoginAttemptsRepository } from './login-attempts.repository.js';
import { LoginRecord } from './login-record.service.js';
import { LoginsService } from './logins.service.js';

/** Signing in and out with a browser. */
@Module({
  imports: [AuditLogModule, IdentityModule, PrismaModule, SessionsModule],
  controllers: [AuthController],
  providers: [BrowserSessionsService, CredentialsCallbackService, LoginAttemptsRepository, LoginRecord, LoginsService],
})
export class AuthModule {}
