import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { OnboardingController } from './onboarding.controller.js';
import { OnboardingRepository } from './onboarding.repository.js';
import { OnboardingService } from './onboarding.service.js';
import { OnboardingCredentialsService } from './onboarding-credentials.service.js';
import { SetupService } from './setup.service.js';

/** The guided first steps of a new user. */
@Module({
  imports: [AuditLogModule, CredentialsModule, PrismaModule],
  controllers: [OnboardingController],
  providers: [OnboardingCredentialsService, OnboardingRepository, OnboardingService, SetupService],
})
export class OnboardingModule {}
