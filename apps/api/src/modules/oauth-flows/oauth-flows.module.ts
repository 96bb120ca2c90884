import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { AgentBindingsModule } from '../agent-bindings/agent-bindings.module.js';
import { CredentialRotationModule } from '../credential-rotation/credential-rotation.module.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { CrewIntegrationsModule } from '../crew-integrations/crew-integrations.module.js';
import { EgressModule } from '../egress/egress.module.js';
import { KeyringModule } from '../keyring/keyring.module.js';
import { OauthServersModule } from '../oauth-servers/oauth-servers.module.js';
import { OauthTokensModule } from '../oauth-tokens/oauth-tokens.module.js';
import { ServerSettingsModule } from '../server-settings/server-settings.module.js';
import { WorkspaceIntegrationsModule } from '../workspace-integrations/workspace-integrations.module.js';
import { AutoConnectService } from './auto-connect.service.js';
import { ConnectionStartService } from './connection-start.service.js';
import { FlowBrowserService } from './flow-browser.service.js';
import { FlowBrowserAnswersService } from './flow-browser-answers.service.js';
import { FlowCallbackService } from './flow-callback.service.js';
import { FlowClientsService } from './flow-clients.service.js';
import { FlowCompletionService } from './flow-completion.service.js';
import { FlowCredentialMakingService } from './flow-credential-making.service.js';
import { FlowCredentialsRepository } from './flow-credentials.repository.js';
import { FlowCredentialsService } from './flow-credentials.service.js';
import { FlowExchangeService } from './flow-exchange.service.js';
import { FlowFailuresService } from './flow-failures.service.js';
import { FlowFinishService } from './flow-finish.service.js';
import { FlowInitiatorsRepository } from './flow-initiators.repository.js';
import { FlowLookupService } from './flow-lookup.service.js';
import { FlowLostTokensService } from './flow-lost-tokens.service.js';
import { FlowOwnExchangeService } from './flow-own-exchange.service.js';
import { FlowPagesController } from './flow-pages.controller.js';
import { FlowPagesService } from './flow-pages.service.js';
import { FlowReconnectService } from './flow-reconnect.service.js';
import { FlowRedemptionService } from './flow-redemption.service.js';
import { FlowRedirectsService } from './flow-redirects.service.js';
import { FlowScopesService } from './flow-scopes.service.js';
import { FlowSecretsService } from './flow-secrets.service.js';
import { FlowServersRepository } from './flow-servers.repository.js';
import { FlowServersService } from './flow-servers.service.js';
import { FlowStartService } from './flow-start.service.js';
import { FlowStartsController } from './flow-starts.controller.js';
import { FlowStoreService } from './flow-store.service.js';
import { FlowSweepService } from './flow-sweep.service.js';
import { FlowTargetsService } from './flow-targets.service.js';
import { LoopbackFlowsService } from './loopback-flows.service.js';
import { LoopbackListenersService } from './loopback-listeners.service.js';
import { McpConnectionsService } from './mcp-connections.service.js';
import { OauthFlowsController } from './oauth-flows.controller.js';
import { OauthFlowsRepository } from './oauth-flows.repository.js';
import { OauthFlowsService } from './oauth-flows.service.js';
import { PendingFlowsService } from './pending-flows.service.js';

/** Connecting credentials by a person's consent, from the first request to the server that uses them. */
@Module({
  imports: [
    AgentBindingsModule,
    AuditLogModule,
    CredentialRotationModule,
    CredentialsModule,
    CrewIntegrationsModule,
    EgressModule,
    KeyringModule,
    OauthServersModule,
    OauthTokensModule,
    PrismaModule,
    ServerSettingsModule,
    WorkspaceIntegrationsModule,
  ],
  controllers: [FlowPagesController, FlowStartsController, OauthFlowsController],
  providers: [
    AutoConnectService,
    ConnectionStartService,
    FlowBrowserService,
    FlowBrowserAnswersService,
    FlowCallbackService,
    FlowClientsService,
    FlowCompletionService,
    FlowCredentialMakingService,
    FlowCredentialsService,
    FlowCredentialsRepository,
    FlowExchangeService,
    FlowFailuresService,
    FlowFinishService,
    FlowInitiatorsRepository,
    FlowLookupService,
    FlowLostTokensService,
    FlowOwnExchangeService,
    FlowPagesService,
    FlowReconnectService,
    FlowRedemptionService,
    FlowRedirectsService,
    FlowScopesService,
    FlowSecretsService,
    FlowServersService,
    FlowServersRepository,
    FlowStartService,
    FlowStoreService,
    FlowSweepService,
    FlowTargetsService,
    LoopbackFlowsService,
    LoopbackListenersService,
    McpConnectionsService,
    OauthFlowsRepository,
    OauthFlowsService,
    PendingFlowsService,
  ],
  exports: [FlowBrowserService, OauthFlowsService],
})
export class OauthFlowsModule {}
