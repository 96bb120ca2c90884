import { Module } from '@nestjs/common';
import { Authenticator, InternalGate } from '#access';
import { PrismaModule } from '#prisma';
import { AppAuthenticator } from './authenticator.service.js';
import { CredentialUsageRepository } from './credential-usage.repository.js';
import { CredentialUsageService } from './credential-usage.service.js';
import { GrantsRepository } from './grants.repository.js';
import { AppInternalGate } from './internal-gate.service.js';
import { InternalTokensService } from './internal-tokens.service.js';
import { PasswordsService } from './passwords.service.js';
import { SessionStrategy } from './session.strategy.js';
import { SessionTokensService } from './session-tokens.service.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

/** Who calls: users, and how tokens and passwords prove them. */
@Module({
  imports: [PrismaModule],
  providers: [
    CredentialUsageRepository,
    CredentialUsageService,
    GrantsRepository,
    InternalTokensService,
    PasswordsService,
    SessionStrategy,
    SessionTokensService,
    UsersRepository,
    UsersService,
    { provide: Authenticator, useClass: AppAuthenticator },
    { provide: InternalGate, useClass: AppInternalGate },
  ],
  exports: [
    Authenticator,
    CredentialUsageService,
    InternalGate,
    InternalTokensService,
    PasswordsService,
    SessionTokensService,
    UsersService,
  ],
})
export class IdentityModule {}
