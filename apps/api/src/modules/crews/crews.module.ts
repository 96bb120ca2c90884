import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { AgentsModule } from '../agents/agents.module.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { ServerSettingsModule } from '../server-settings/server-settings.module.js';
import { CrewBlobRepository } from './crew-blob.repository.js';
import { CrewBlobService } from './crew-blob.service.js';
import { CrewChangesService } from './crew-changes.service.js';
import { CrewFoundingService } from './crew-founding.service.js';
import { CrewMembersController } from './crew-members.controller.js';
import { CrewMembersRepository } from './crew-members.repository.js';
import { CrewMembersService } from './crew-members.service.js';
import { CrewRemovalRepository } from './crew-removal.repository.js';
import { CrewTiesService } from './crew-ties.service.js';
import { CrewTransferService } from './crew-transfer.service.js';
import { CrewWritingService } from './crew-writing.service.js';
import { CrewsController } from './crews.controller.js';
import { CrewsRepository } from './crews.repository.js';
import { CrewsService } from './crews.service.js';

/** Crews and their members. */
@Module({
  imports: [AgentsModule, AuditLogModule, CredentialsModule, PrismaModule, ServerSettingsModule],
  controllers: [CrewsController, CrewMembersController],
  providers: [
    CrewBlobRepository,
    CrewBlobService,
    CrewChangesService,
    CrewFoundingService,
    CrewMembersRepository,
    CrewMembersService,
    CrewRemovalRepository,
    CrewTiesService,
    CrewTransferService,
    CrewWritingService,
    CrewsRepository,
    CrewsService,
  ],
  exports: [CrewFoundingService, CrewsService, CrewTransferService],
})
export class CrewsModule {}
