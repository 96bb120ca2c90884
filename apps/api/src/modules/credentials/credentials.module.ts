import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { KeyringModule } from '../keyring/keyring.module.js';
import { ConnectableCredentialService } from './connectable-credential.service.js';
import { CredentialChangesService } from './credential-changes.service.js';
import { CredentialCreationService } from './credential-creation.service.js';
import { CredentialCrewsRepository } from './credential-crews.repository.js';
import { CredentialEventsRepository } from './credential-events.repository.js';
import { CredentialLinkingService } from './credential-linking.service.js';
import { CredentialRecordingService } from './credential-recording.service.js';
import { CredentialRemovalRepository } from './credential-removal.repository.js';
import { CredentialRemovalService } from './credential-removal.service.js';
import { CredentialSecretsService } from './credential-secrets.service.js';
import { CredentialWritingService } from './credential-writing.service.js';
import { CredentialsController } from './credentials.controller.js';
import { CredentialsRepository } from './credentials.repository.js';
import { CredentialsService } from './credentials.service.js';
import { ImportedCredentialsService } from './imported-credentials.service.js';

/** Sealed secrets, and who may know of them. */
@Module({
  imports: [AuditLogModule, KeyringModule, PrismaModule],
  controllers: [CredentialsController],
  providers: [
    ConnectableCredentialService,
    CredentialChangesService,
    CredentialCreationService,
    CredentialCrewsRepository,
    CredentialEventsRepository,
    CredentialLinkingService,
    CredentialRecordingService,
    CredentialRemovalRepository,
    CredentialRemovalService,
    CredentialSecretsService,
    CredentialWritingService,
    CredentialsRepository,
    CredentialsService,
    ImportedCredentialsService,
  ],
  exports: [
    ConnectableCredentialService,
    CredentialCreationService,
    CredentialRecordingService,
    CredentialRemovalService,
    CredentialsService,
    CredentialWritingService,
    ImportedCredentialsService,
  ],
})
export class CredentialsModule {}
