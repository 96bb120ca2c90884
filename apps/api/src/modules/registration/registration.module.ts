import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { CliTokensModule } from '../cli-tokens/cli-tokens.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { AccountsService } from './accounts.service.js';
import { BootstrapService } from './bootstrap.service.js';
import { InvitationIntakeService } from './invitation-intake.service.js';
import { RegistrationController } from './registration.controller.js';
import { RegistrationRepository } from './registration.repository.js';
import { SetupStatusService } from './setup-status.service.js';
import { SignupService } from './signup.service.js';

/** Becoming a user: the first one, and those who register themselves. */
@Module({
  imports: [AuditLogModule, CliTokensModule, IdentityModule, PrismaModule, SessionsModule],
  controllers: [RegistrationController],
  providers: [
    AccountsService,
    BootstrapService,
    InvitationIntakeService,
    RegistrationRepository,
    SetupStatusService,
    SignupService,
  ],
})
export class RegistrationModule {}
