import { Module } from '@nestjs/common';
import { PrismaModule } from '#prisma';
import { EventsRepository } from './events.repository.js';
import { EventsService } from './events.service.js';

/** The event stream of the whole product. */
@Module({ imports: [PrismaModule], providers: [EventsRepository, EventsService], exports: [EventsService] })
export class EventsModule {}
