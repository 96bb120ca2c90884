import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { IdentityModule } from '../identity/identity.module.js';
import { McpBlobsModule } from '../mcp-blobs/mcp-blobs.module.js';
import { ResolutionModule } from '../resolution/resolution.module.js';
import { ServerAccessModule } from '../server-access/server-access.module.js';
import { AgentRuntimeService } from './agent-runtime.service.js';
import { AgentTokensService } from './agent-tokens.service.js';
import { CredentialUsesRepository } from './credential-uses.repository.js';
import { CredentialUsesService } from './credential-uses.service.js';
import { InternalSocketService } from './internal-socket.service.js';
import { RuntimeController } from './runtime.controller.js';
import { RuntimeRepository } from './runtime.repository.js';

/** What the agents' runtime is served, and the Unix socket that it is served on. */
@Module({
  imports: [AuditLogModule, IdentityModule, McpBlobsModule, PrismaModule, ResolutionModule, ServerAccessModule],
  controllers: [RuntimeController],
  providers: [
    AgentRuntimeService,
    AgentTokensService,
    CredentialUsesRepository,
    CredentialUsesService,
    InternalSocketService,
    RuntimeRepository,
  ],
})
export class RuntimeModule {}
