import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessGuard } from '#access';
import { type AppConfig, ConfigModule } from '#config';
import { AgentCredentialsModule } from './modules/agent-credentials/agent-credentials.module.js';
import { AgentsModule } from './modules/agents/agents.module.js';
import { AuthModule } from './modules/auth/auth.module.js';
import { CliTokensModule } from './modules/cli-tokens/cli-tokens.module.js';
import { ConnectionTestsModule } from './modules/connection-tests/connection-tests.module.js';
import { CredentialsModule } from './modules/credentials/credentials.module.js';
import { CrewsModule } from './modules/crews/crews.module.js';
import { IdentityModule } from './modules/identity/identity.module.js';
import { RegistrationModule } from './modules/registration/registration.module.js';
import { ResolutionModule } from './modules/resolution/resolution.module.js';
import { SessionsModule } from './modules/sessions/sessions.module.js';
import { WorkspaceIntegrationsModule } from './modules/workspace-integrations/workspace-integrations.module.js';
import { type Ports, PortsModule } from './platform/ports.module.js';

/** Everything that the process serves. */
@Module({})
export class AppModule {
  static with(config: AppConfig, ports: Ports): DynamicModule {
    return {
      module: AppModule,
      imports: [
        AgentCredentialsModule,
        AgentsModule,
        AuthModule,
        CliTokensModule,
        ConfigModule.of(config),
        ConnectionTestsModule,
        CredentialsModule,
        CrewsModule,
        DiscoveryModule,
        IdentityModule,
        PortsModule.of(ports),
        RegistrationModule,
        ResolutionModule,
        SessionsModule,
        WorkspaceIntegrationsModule,
      ],
      providers: [{ provide: APP_GUARD, useClass: AccessGuard }],
    };
  }
}
