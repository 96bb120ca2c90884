import { Injectable } from '@nestjs/common';
import { NotificationListener } from '#prisma';
import { eventChannel } from './events.channel.js';

/** Hears from every process which workspaces have new events. */
@Injectable()
export class EventNoticesRepository {
  constructor(private readonly listener: NotificationListener) {}

  /** `touched` is called for each notice, `missed` when notices may have been lost. Rejects when the database is away. */
  listen(told: { touched(workspaceId: string): void; missed(): void }): Promise<void> {
    return this.listener.listen(eventChannel, { notified: told.touched, resumed: told.missed });
  }
}
