import { Module } from '@nestjs/common';
import { PrismaModule } from '#prisma';
import { KeyringModule } from '../keyring/keyring.module.js';
import { OauthTokensModule } from '../oauth-tokens/oauth-tokens.module.js';
import { SealedValuesRepository } from './sealed-values.repository.js';
import { ServerAccessService } from './server-access.service.js';
import { ServerValuesService } from './server-values.service.js';

/** Values for servers, opened late. */
@Module({
  imports: [KeyringModule, OauthTokensModule, PrismaModule],
  providers: [SealedValuesRepository, ServerAccessService, ServerValuesService],
  exports: [ServerAccessService],
})
export class ServerAccessModule {}
