import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditLogService, type ChangeSink, type RecordedEntry } from '#audit-log';
import { eventOfChange } from './change-event-rules.js';
import { EventsService } from './events.service.js';

/** Tells changes of configuration as events, from the audit log: what is recorded there and worth telling is told. */
@Injectable()
export class ChangeEventsService implements ChangeSink, OnModuleInit {
  constructor(
    private readonly audit: AuditLogService,
    private readonly events: EventsService,
  ) {}

  onModuleInit(): void {
    this.audit.tell(this);
  }

  /** One statement for a change that is told, none for any other. */
  async recorded({ workspaceId, userId, actorKind, ...entry }: RecordedEntry): Promise<void> {
    const event = eventOfChange({ ...entry, by: { kind: actorKind, userId } });
    if (!event) return;
    if (workspaceId === null) await this.events.publishForInstance(event);
    else await this.events.publish({ workspaceId }, event);
  }
}
