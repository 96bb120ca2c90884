import { Module } from '@nestjs/common';
import { Authenticator, InternalGate } from '#access';
import { PrismaModule } from '#prisma';
import { AppAuthenticator } from './authenticator.service.js';
import { GrantsRepository } from './grants.repository.js';
import { AppInternalGate } from './internal-gate.service.js';
import { SessionTokensService } from './session-tokens.service.js';

/** Who calls: users, sessions and tokens. */
@Module({
  imports: [PrismaModule],
  providers: [
    GrantsRepository,
    SessionTokensService,
    { provide: Authenticator, useClass: AppAuthenticator },
    { provide: InternalGate, useClass: AppInternalGate },
  ],
  exports: [Authenticator, InternalGate, SessionTokensService],
})
export class IdentityModule {}
