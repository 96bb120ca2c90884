import { Module } from '@nestjs/common';
import { PrismaModule } from '#prisma';
import { RunsController } from './runs.controller.js';
import { RunsRepository } from './runs.repository.js';
import { RunsService } from './runs.service.js';

/** Reading runs. */
@Module({ imports: [PrismaModule], controllers: [RunsController], providers: [RunsRepository, RunsService] })
export class RunsModule {}
