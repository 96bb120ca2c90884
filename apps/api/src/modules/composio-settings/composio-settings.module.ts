import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { ComposioClient, ComposioSdkClient } from '#composio';
import { AppConfig } from '#config';
import { Egress } from '#egress';
import { PrismaModule } from '#prisma';
import { EgressModule } from '../egress/egress.module.js';
import { KeyringModule } from '../keyring/keyring.module.js';
import { ComposioKeys } from './composio-keys.service.js';
import { ComposioSettingsController } from './composio-settings.controller.js';
import { ComposioSettingsRepository } from './composio-settings.repository.js';
import { ComposioSettingsService } from './composio-settings.service.js';

/** The way to Composio: the client on the configured host, and the key that a workspace reaches it with. */
@Module({
  imports: [AuditLogModule, EgressModule, KeyringModule, PrismaModule],
  controllers: [ComposioSettingsController],
  providers: [
    ComposioKeys,
    ComposioSettingsRepository,
    ComposioSettingsService,
    {
      provide: ComposioClient,
      inject: [Egress, AppConfig],
      useFactory: (egress: Egress, { composio }: AppConfig) =>
        new ComposioSdkClient(egress, { baseUrl: composio.baseUrl }),
    },
  ],
  exports: [ComposioClient, ComposioKeys],
})
export class ComposioSettingsModule {}
