import { Module } from '@nestjs/common';
import { PrismaModule } from '#prisma';
import { EgressModule } from '../egress/egress.module.js';
import { KeyringModule } from '../keyring/keyring.module.js';
import { CredentialHoldsRepository } from './credential-holds.repository.js';
import { CredentialNamesRepository } from './credential-names.repository.js';
import { ServerCredentialService } from './server-credential.service.js';
import { ServerSettingsService } from './server-settings.service.js';

/** The rules for what may be written into servers and bindings. */
@Module({
  imports: [EgressModule, KeyringModule, PrismaModule],
  providers: [CredentialHoldsRepository, CredentialNamesRepository, ServerCredentialService, ServerSettingsService],
  exports: [ServerCredentialService, ServerSettingsService],
})
export class ServerSettingsModule {}
