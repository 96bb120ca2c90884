import { Module } from '@nestjs/common';
import { PrismaModule } from '#prisma';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { EgressModule } from '../egress/egress.module.js';
import { KeyringModule } from '../keyring/keyring.module.js';
import { OauthTokensRepository } from './oauth-tokens.repository.js';
import { OauthTokensService } from './oauth-tokens.service.js';
import { RefreshAttemptsService } from './refresh-attempts.service.js';
import { RefreshLeasesRepository } from './refresh-leases.repository.js';
import { RefreshSweepService } from './refresh-sweep.service.js';
import { TokenRecordingService } from './token-recording.service.js';
import { TokenRefreshService } from './token-refresh.service.js';
import { TokenRequestsService } from './token-requests.service.js';
import { TokenSealingService } from './token-sealing.service.js';

/** OAuth tokens, stored and kept alive. */
@Module({
  imports: [CredentialsModule, EgressModule, KeyringModule, PrismaModule],
  providers: [
    OauthTokensRepository,
    OauthTokensService,
    RefreshAttemptsService,
    RefreshLeasesRepository,
    RefreshSweepService,
    TokenRecordingService,
    TokenRefreshService,
    TokenRequestsService,
    TokenSealingService,
  ],
  exports: [OauthTokensService],
})
export class OauthTokensModule {}
