import { Module } from '@nestjs/common';
import { PrismaModule } from '#prisma';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { EgressModule } from '../egress/egress.module.js';
import { KeyringModule } from '../keyring/keyring.module.js';
import { CredentialRevocationService } from './credential-revocation.service.js';
import { CredentialRotationController } from './credential-rotation.controller.js';
import { CredentialRotationService } from './credential-rotation.service.js';
import { PreviousValueSweepService } from './previous-value-sweep.service.js';
import { RotatedCredentialsRepository } from './rotated-credentials.repository.js';
import { SealedCredentialService } from './sealed-credential.service.js';
import { UpstreamRevocationService } from './upstream-revocation.service.js';

/** Replacing and ending credentials. */
@Module({
  imports: [CredentialsModule, EgressModule, KeyringModule, PrismaModule],
  controllers: [CredentialRotationController],
  providers: [
    CredentialRevocationService,
    CredentialRotationService,
    PreviousValueSweepService,
    RotatedCredentialsRepository,
    SealedCredentialService,
    UpstreamRevocationService,
  ],
  exports: [UpstreamRevocationService],
})
export class CredentialRotationModule {}
