import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { ComposioBindingsModule } from '../composio-bindings/composio-bindings.module.js';
import { ComposioSettingsModule } from '../composio-settings/composio-settings.module.js';
import { ComposioAccountsController } from './composio-accounts.controller.js';
import { ComposioAccountsService } from './composio-accounts.service.js';
import { ComposioCatalogueController } from './composio-catalogue.controller.js';
import { ComposioCatalogueService } from './composio-catalogue.service.js';
import { ComposioConnectService } from './composio-connect.service.js';
import { ComposioTriggersController } from './composio-triggers.controller.js';
import { ComposioTriggersService } from './composio-triggers.service.js';

/** Composio's apps, tools, triggers and accounts. */
@Module({
  imports: [AuditLogModule, ComposioBindingsModule, ComposioSettingsModule],
  controllers: [ComposioAccountsController, ComposioCatalogueController, ComposioTriggersController],
  providers: [ComposioAccountsService, ComposioCatalogueService, ComposioConnectService, ComposioTriggersService],
})
export class ComposioCatalogueModule {}
