import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { ServerSettingsModule } from '../server-settings/server-settings.module.js';
import { AgentBindingsController } from './agent-bindings.controller.js';
import { AgentBindingsRepository } from './agent-bindings.repository.js';
import { AgentBindingsService } from './agent-bindings.service.js';
import { BindCredentialService } from './bind-credential.service.js';
import { BindingParentsRepository } from './binding-parents.repository.js';
import { BindingSettingsService } from './binding-settings.service.js';
import { CreateAgentBindingService } from './create-agent-binding.service.js';
import { RemoveAgentBindingService } from './remove-agent-binding.service.js';
import { UpdateAgentBindingService } from './update-agent-binding.service.js';

/** What agents say of servers: on or off, with which credential. */
@Module({
  imports: [AuditLogModule, PrismaModule, ServerSettingsModule],
  controllers: [AgentBindingsController],
  providers: [
    AgentBindingsRepository,
    AgentBindingsService,
    BindCredentialService,
    BindingParentsRepository,
    BindingSettingsService,
    CreateAgentBindingService,
    RemoveAgentBindingService,
    UpdateAgentBindingService,
  ],
  exports: [AgentBindingsService, BindCredentialService, CreateAgentBindingService],
})
export class AgentBindingsModule {}
