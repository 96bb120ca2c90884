import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessGuard } from '#access';
import { type AppConfig, ConfigModule } from '#config';
import { AgentBindingsModule } from './modules/agent-bindings/agent-bindings.module.js';
import { AuthModule } from './modules/auth/auth.module.js';
import { CliTokensModule } from './modules/cli-tokens/cli-tokens.module.js';
import { ConnectionTestsModule } from './modules/connection-tests/connection-tests.module.js';
import { CrewIntegrationsModule } from './modules/crew-integrations/crew-integrations.module.js';
import { IdentityModule } from './modules/identity/identity.module.js';
import { RegistrationModule } from './modules/registration/registration.module.js';
import { ResolutionModule } from './modules/resolution/resolution.module.js';
import { SessionsModule } from './modules/sessions/sessions.module.js';
import { ToolBindingsModule } from './modules/tool-bindings/tool-bindings.module.js';
import { WorkspaceIntegrationsModule } from './modules/workspace-integrations/workspace-integrations.module.js';
import { type Ports, PortsModule } from './platform/ports.module.js';

/** Everything that the process serves. */
@Module({})
export class AppModule {
  static with(config: AppConfig, ports: Ports): DynamicModule {
    return {
      module: AppModule,
      imports: [
        AgentBindingsModule,
        AuthModule,
        CliTokensModule,
        ConfigModule.of(config),
        ConnectionTestsModule,
        CrewIntegrationsModule,
        DiscoveryModule,
        IdentityModule,
        PortsModule.of(ports),
        RegistrationModule,
        ResolutionModule,
        SessionsModule,
        ToolBindingsModule,
        WorkspaceIntegrationsModule,
      ],
      providers: [{ provide: APP_GUARD, useClass: AccessGuard }],
    };
  }
}
