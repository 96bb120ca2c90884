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
import { AutoConnect } from './auto-connect.service.js';
import { ConnectionStart } from './connection-start.service.js';
import { FlowBrowser } from './flow-browser.service.js';
import { FlowBrowserAnswers } from './flow-browser-answers.service.js';
import { FlowCallback } from './flow-callback.service.js';
import { FlowClients } from './flow-clients.service.js';
import { FlowCompletion } from './flow-completion.service.js';
import { FlowCredentialMaking } from './flow-credential-making.service.js';
import { FlowCredentialsRepository } from './flow-credentials.repository.js';
import { FlowCredentials } from './flow-credentials.service.js';
import { FlowExchange } from './flow-exchange.service.js';
import { FlowFailures } from './flow-failures.service.js';
import { FlowFinish } from './flow-finish.service.js';
import { FlowInitiatorsRepository } from './flow-initiators.repository.js';
import { FlowLookup } from './flow-lookup.service.js';
import { FlowLostTokens } from './flow-lost-tokens.service.js';
import { FlowOwnExchange } from './flow-own-exchange.service.js';
import { FlowPagesController } from './flow-pages.controller.js';
import { FlowPages } from './flow-pages.service.js';
import { FlowReconnect } from './flow-reconnect.service.js';
import { FlowRedemption } from './flow-redemption.service.js';
import { FlowRedirects } from './flow-redirects.service.js';
import { FlowScopes } from './flow-scopes.service.js';
import { FlowSecrets } from './flow-secrets.service.js';
import { FlowServersRepository } from './flow-servers.repository.js';
import { FlowServers } from './flow-servers.service.js';
import { FlowStart } from './flow-start.service.js';
import { FlowStartsController } from './flow-starts.controller.js';
import { FlowStore } from './flow-store.service.js';
import { FlowSweepService } from './flow-sweep.service.js';
import { FlowTargets } from './flow-targets.service.js';
import { LoopbackFlowsService } from './loopback-flows.service.js';
import { LoopbackListeners } from './loopback-listeners.service.js';
import { McpConnections } from './mcp-connections.service.js';
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
    AutoConnect,
    ConnectionStart,
    FlowBrowser,
    FlowBrowserAnswers,
    FlowCallback,
    FlowClients,
    FlowCompletion,
    FlowCredentialMaking,
    FlowCredentials,
    FlowCredentialsRepository,
    FlowExchange,
    FlowFailures,
    FlowFinish,
    FlowInitiatorsRepository,
    FlowLookup,
    FlowLostTokens,
    FlowOwnExchange,
    FlowPages,
    FlowReconnect,
    FlowRedemption,
    FlowRedirects,
    FlowScopes,
    FlowSecrets,
    FlowServers,
    FlowServersRepository,
    FlowStart,
    FlowStore,
    FlowSweepService,
    FlowTargets,
    LoopbackFlowsService,
    LoopbackListeners,
    McpConnections,
    OauthFlowsRepository,
    OauthFlowsService,
    PendingFlowsService,
  ],
  exports: [FlowBrowser, OauthFlowsService],
})
export class OauthFlowsModule {}
