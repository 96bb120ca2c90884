import { Module } from '@nestjs/common';
import { PrismaModule } from '#prisma';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { EgressModule } from '../egress/egress.module.js';
import { KeyringModule } from '../keyring/keyring.module.js';
import { OauthTokensModule } from '../oauth-tokens/oauth-tokens.module.js';
import { CheckedValuesService } from './checked-values.service.js';
import { CredentialChecksController } from './credential-checks.controller.js';
import { CredentialChecksRepository } from './credential-checks.repository.js';
import { CredentialChecksService } from './credential-checks.service.js';
import { ValueCheckService } from './value-check.service.js';
import { VendorProbes } from './vendor-probes.js';

/** Trying out credentials at their providers. */
@Module({
  imports: [CredentialsModule, EgressModule, KeyringModule, OauthTokensModule, PrismaModule],
  controllers: [CredentialChecksController],
  providers: [
    CheckedValuesService,
    CredentialChecksRepository,
    CredentialChecksService,
    ValueCheckService,
    VendorProbes,
  ],
})
export class CredentialChecksModule {}
