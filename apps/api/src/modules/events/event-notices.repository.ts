import { Injectable } from '@nestjs/common';
import { NotificationListener, NotificationSender } from '#prisma';

// On which processes tell each other that a workspace has new events.
const channel = 'crewship_events';

/** Tells every process which workspaces have new events, and hears it from them. */
@Injectable()
export class EventNoticesRepository {
  constructor(
    private readonly listener: NotificationListener,
    private readonly sender: NotificationSender,
  ) {}

  /** Tells of workspaces, soon. A notice may be lost; {@link EventReadsRepository.touchedSince} finds what it was about. */
  tell(workspaceIds: ReadonlySet<string>): void {
    this.sender.send(channel, workspaceIds);
  }

  /** `touched` is called for each notice, `missed` when notices may have been lost. Rejects when the database is away. */
  listen(told: { touched(workspaceId: string): void; missed(): void }): Promise<void> {
    return this.listener.listen(channel, { notified: told.touched, resumed: told.missed });
  }
}
