import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { KeyringModule } from '../keyring/keyring.module.js';
import { InstanceSecretsController } from './instance-secrets.controller.js';
import { InstanceSecretsRepository } from './instance-secrets.repository.js';
import { InstanceSecretsService } from './instance-secrets.service.js';

/** Secrets of the instance. */
@Module({
  imports: [AuditLogModule, KeyringModule, PrismaModule],
  controllers: [InstanceSecretsController],
  providers: [InstanceSecretsRepository, InstanceSecretsService],
  exports: [InstanceSecretsService],
})
export class InstanceSecretsModule {}
