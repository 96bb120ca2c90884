import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { AgentBindingsModule } from '../agent-bindings/agent-bindings.module.js';
import { ConnectionTestsModule } from '../connection-tests/connection-tests.module.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { EgressModule } from '../egress/egress.module.js';
import { WorkspaceIntegrationsModule } from '../workspace-integrations/workspace-integrations.module.js';
import { ConfigureMcpServerService } from './configure-mcp-server.service.js';
import { ConsoleActionsController } from './console-actions.controller.js';
import { ConsoleActionsRepository } from './console-actions.repository.js';
import { ConsoleActionsService } from './console-actions.service.js';
import { ConsoleAuthService } from './console-auth.service.js';
import { ConsoleConnectionService } from './console-connection.service.js';
import { ConsoleIntegrationsRepository } from './console-integrations.repository.js';
import { ConsoleReadingController } from './console-reading.controller.js';
import { ConsoleServersService } from './console-servers.service.js';
import { DiscoverToolsService } from './discover-tools.service.js';
import { McpServersController } from './mcp-servers.controller.js';
import { RemoveMcpServerService } from './remove-mcp-server.service.js';
import { UpdateMcpServerService } from './update-mcp-server.service.js';

/** The agent console (seed 002): MCP servers of one agent, in another product's words. */
@Module({
  imports: [
    AgentBindingsModule,
    AuditLogModule,
    ConnectionTestsModule,
    CredentialsModule,
    EgressModule,
    PrismaModule,
    WorkspaceIntegrationsModule,
  ],
  controllers: [ConsoleActionsController, ConsoleReadingController, McpServersController],
  providers: [
    ConfigureMcpServerService,
    ConsoleActionsRepository,
    ConsoleActionsService,
    ConsoleAuthService,
    ConsoleConnectionService,
    ConsoleIntegrationsRepository,
    ConsoleServersService,
    DiscoverToolsService,
    RemoveMcpServerService,
    UpdateMcpServerService,
  ],
})
export class ConsoleModule {}
