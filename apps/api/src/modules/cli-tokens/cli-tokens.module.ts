import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { CliTokensController } from './cli-tokens.controller.js';
import { CliTokensRepository } from './cli-tokens.repository.js';
import { CliTokensService } from './cli-tokens.service.js';
import { TokenMintService } from './token-mint.service.js';

/** Bearer tokens for programs. */
@Module({
  imports: [AuditLogModule, PrismaModule],
  controllers: [CliTokensController],
  providers: [CliTokensRepository, CliTokensService, TokenMintService],
  exports: [TokenMintService],
})
export class CliTokensModule {}
