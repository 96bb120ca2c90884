import { Module } from '@nestjs/common';
import { PrismaModule } from '#prisma';
import { ComposioSettingsModule } from '../composio-settings/composio-settings.module.js';
import { KeyringModule } from '../keyring/keyring.module.js';
import { OauthTokensModule } from '../oauth-tokens/oauth-tokens.module.js';
import { ComposioValuesService } from './composio-values.service.js';
import { ManagedValues } from './managed-values.js';
import { SealedValuesRepository } from './sealed-values.repository.js';
import { ServerAccessService } from './server-access.service.js';
import { ServerValuesService } from './server-values.service.js';

/** Values for servers, opened late. */
@Module({
  imports: [ComposioSettingsModule, KeyringModule, OauthTokensModule, PrismaModule],
  providers: [
    ComposioValuesService,
    SealedValuesRepository,
    ServerAccessService,
    ServerValuesService,
    { provide: ManagedValues, useExisting: ComposioValuesService },
  ],
  exports: [ServerAccessService],
})
export class ServerAccessModule {}
