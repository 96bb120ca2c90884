import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { ComposioSettingsModule } from '../composio-settings/composio-settings.module.js';
import { AppPlanService } from './app-plan.service.js';
import { AppServingService } from './app-serving.service.js';
import { AuthConfigsService } from './auth-configs.service.js';
import { BindAgentService } from './bind-agent.service.js';
import { ChangeFenceService } from './change-fence.service.js';
import { ComposioBindingsController } from './composio-bindings.controller.js';
import { ComposioBindingsRepository } from './composio-bindings.repository.js';
import { ComposioBindingsService } from './composio-bindings.service.js';
import { ComposioDefaultController } from './composio-default.controller.js';
import { ComposioLeasesService } from './composio-leases.service.js';
import { ComposioLeftoversController } from './composio-leftovers.controller.js';
import { ComposioLeftoversService } from './composio-leftovers.service.js';
import { ComposioServersRepository } from './composio-servers.repository.js';
import { ComposioWorkspacesRepository } from './composio-workspaces.repository.js';
import { DefaultConnectorService } from './default-connector.service.js';
import { DefaultProvisioningService } from './default-provisioning.service.js';
import { EndpointMovesRepository } from './endpoint-moves.repository.js';
import { EndpointMovesService } from './endpoint-moves.service.js';
import { LeftoverSweepService } from './leftover-sweep.service.js';
import { LeftoversService } from './leftovers.service.js';
import { ManagedKeyRepository } from './managed-key.repository.js';
import { OptOutsRepository } from './opt-outs.repository.js';
import { OptOutsService } from './opt-outs.service.js';
import { ProjectChangesService } from './project-changes.service.js';
import { StoredAppsService } from './stored-apps.service.js';
import { StoredDefaultService } from './stored-default.service.js';
import { UpstreamChangesService } from './upstream-changes.service.js';
import { UpstreamServersService } from './upstream-servers.service.js';

/** Agents' Composio apps and the workspace's default connector, here and at Composio. */
@Module({
  imports: [AuditLogModule, ComposioSettingsModule, PrismaModule],
  controllers: [ComposioBindingsController, ComposioDefaultController, ComposioLeftoversController],
  providers: [
    AppPlanService,
    AppServingService,
    AuthConfigsService,
    BindAgentService,
    ChangeFenceService,
    ComposioBindingsRepository,
    ComposioBindingsService,
    ComposioLeasesService,
    ComposioLeftoversService,
    ComposioServersRepository,
    ComposioWorkspacesRepository,
    DefaultConnectorService,
    DefaultProvisioningService,
    EndpointMovesRepository,
    EndpointMovesService,
    LeftoverSweepService,
    LeftoversService,
    ManagedKeyRepository,
    OptOutsRepository,
    OptOutsService,
    ProjectChangesService,
    StoredAppsService,
    StoredDefaultService,
    UpstreamChangesService,
    UpstreamServersService,
  ],
  exports: [AuthConfigsService],
})
export class ComposioBindingsModule {}
