import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { EgressModule } from '../egress/egress.module.js';
import { KeyringModule } from '../keyring/keyring.module.js';
import { ClientMetadataService } from './client-metadata.service.js';
import { OauthClientStoreService } from './oauth-client-store.service.js';
import { OauthClientsRepository } from './oauth-clients.repository.js';
import { OauthClientsService } from './oauth-clients.service.js';
import { OauthDiscoveryService } from './oauth-discovery.service.js';
import { OauthServersController } from './oauth-servers.controller.js';
import { RedirectUrisController } from './redirect-uris.controller.js';
import { RedirectUrisRepository } from './redirect-uris.repository.js';
import { RedirectUrisService } from './redirect-uris.service.js';

/** Authorization servers, us as their client, and where they may send people back to. */
@Module({
  imports: [AuditLogModule, EgressModule, KeyringModule, PrismaModule],
  controllers: [OauthServersController, RedirectUrisController],
  providers: [
    ClientMetadataService,
    OauthClientStoreService,
    OauthClientsRepository,
    OauthClientsService,
    OauthDiscoveryService,
    RedirectUrisRepository,
    RedirectUrisService,
  ],
  exports: [OauthClientsService, OauthDiscoveryService, RedirectUrisService],
})
export class OauthServersModule {}
