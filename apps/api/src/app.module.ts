import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessGuard } from '#access';
import { type AppConfig, ConfigModule } from '#config';
import { JobsModule } from '#jobs';
import { ActivityModule } from './modules/activity/activity.module.js';
import { AdminModule } from './modules/admin/admin.module.js';
import { AgentBindingsModule } from './modules/agent-bindings/agent-bindings.module.js';
import { AgentCredentialsModule } from './modules/agent-credentials/agent-credentials.module.js';
import { AgentsModule } from './modules/agents/agents.module.js';
import { ApprovalsModule } from './modules/approvals/approvals.module.js';
import { AuditModule } from './modules/audit/audit.module.js';
import { AuthModule } from './modules/auth/auth.module.js';
import { BundlesModule } from './modules/bundles/bundles.module.js';
import { ChannelsModule } from './modules/channels/channels.module.js';
import { CliTokensModule } from './modules/cli-tokens/cli-tokens.module.js';
import { ComposioBindingsModule } from './modules/composio-bindings/composio-bindings.module.js';
import { ComposioCatalogueModule } from './modules/composio-catalogue/composio-catalogue.module.js';
import { ComposioSettingsModule } from './modules/composio-settings/composio-settings.module.js';
import { ConnectionTestsModule } from './modules/connection-tests/connection-tests.module.js';
import { ConnectorsModule } from './modules/connectors/connectors.module.js';
import { ConsoleModule } from './modules/console/console.module.js';
import { CredentialChecksModule } from './modules/credential-checks/credential-checks.module.js';
import { CredentialRotationModule } from './modules/credential-rotation/credential-rotation.module.js';
import { CredentialsModule } from './modules/credentials/credentials.module.js';
import { CrewIntegrationsModule } from './modules/crew-integrations/crew-integrations.module.js';
import { CrewsModule } from './modules/crews/crews.module.js';
import { DeliveriesModule } from './modules/deliveries/deliveries.module.js';
import { EventStreamsModule } from './modules/event-streams/event-streams.module.js';
import { EventsModule } from './modules/events/events.module.js';
import { IdempotencyModule } from './modules/idempotency/idempotency.module.js';
import { IdentityModule } from './modules/identity/identity.module.js';
import { InstanceSecretsModule } from './modules/instance-secrets/instance-secrets.module.js';
import { McpRegistryModule } from './modules/mcp-registry/mcp-registry.module.js';
import { OauthFlowsModule } from './modules/oauth-flows/oauth-flows.module.js';
import { OauthServersModule } from './modules/oauth-servers/oauth-servers.module.js';
import { OauthTokensModule } from './modules/oauth-tokens/oauth-tokens.module.js';
import { OnboardingModule } from './modules/onboarding/onboarding.module.js';
import { OrgTemplatesModule } from './modules/org-templates/org-templates.module.js';
import { PluginsModule } from './modules/plugins/plugins.module.js';
import { RegistrationModule } from './modules/registration/registration.module.js';
import { ResolutionModule } from './modules/resolution/resolution.module.js';
import { RunsModule } from './modules/runs/runs.module.js';
import { RuntimeModule } from './modules/runtime/runtime.module.js';
import { SchedulesModule } from './modules/schedules/schedules.module.js';
import { SessionsModule } from './modules/sessions/sessions.module.js';
import { SystemModule } from './modules/system/system.module.js';
import { TemplatesModule } from './modules/templates/templates.module.js';
import { ToolBindingsModule } from './modules/tool-bindings/tool-bindings.module.js';
import { ToolCallsModule } from './modules/tool-calls/tool-calls.module.js';
import { WorkspaceFilesModule } from './modules/workspace-files/workspace-files.module.js';
import { WorkspaceIntegrationsModule } from './modules/workspace-integrations/workspace-integrations.module.js';
import { WorkspaceMemoriesModule } from './modules/workspace-memories/workspace-memories.module.js';
import { WorkspaceRuntimesModule } from './modules/workspace-runtimes/workspace-runtimes.module.js';
import { WorkspaceTokensModule } from './modules/workspace-tokens/workspace-tokens.module.js';
import { WorkspacesModule } from './modules/workspaces/workspaces.module.js';
import { type Ports, PortsModule } from './platform/ports.module.js';

/** Everything that the process serves. */
@Module({})
export class AppModule {
  static with(config: AppConfig, ports: Ports): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ActivityModule,
        AdminModule,
        AgentBindingsModule,
        AgentCredentialsModule,
        AgentsModule,
        ApprovalsModule,
        AuditModule,
        AuthModule,
        BundlesModule,
        ChannelsModule,
        CliTokensModule,
        ComposioBindingsModule,
        ComposioCatalogueModule,
        ComposioSettingsModule,
        ConfigModule.of(config),
        ConnectionTestsModule,
        ConnectorsModule,
        ConsoleModule,
        CredentialChecksModule,
        CredentialRotationModule,
        CredentialsModule,
        CrewIntegrationsModule,
        CrewsModule,
        DeliveriesModule,
        DiscoveryModule,
        EventsModule,
        EventStreamsModule,
        IdempotencyModule,
        IdentityModule,
        InstanceSecretsModule,
        JobsModule,
        McpRegistryModule,
        OauthFlowsModule,
        OauthServersModule,
        OauthTokensModule,
        OnboardingModule,
        OrgTemplatesModule,
        PluginsModule,
        PortsModule.of(ports),
        RegistrationModule,
        ResolutionModule,
        RunsModule,
        RuntimeModule,
        SchedulesModule,
        SessionsModule,
        SystemModule,
        TemplatesModule,
        ToolBindingsModule,
        ToolCallsModule,
        WorkspaceFilesModule,
        WorkspaceIntegrationsModule,
        WorkspaceMemoriesModule,
        WorkspaceRuntimesModule,
        WorkspacesModule,
        WorkspaceTokensModule,
      ],
      providers: [{ provide: APP_GUARD, useClass: AccessGuard }],
    };
  }
}
