import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import type { WorkspaceScope } from '#kernel';
import { type CredentialEventFacts, CredentialEventsRepository } from './credential-events.repository.js';
import type { CredentialEventType } from './credentials.types.js';

/** Who acts where: what the logs need of a scope, so that work without a request can be recorded too. */
export type RecordingScope = Pick<WorkspaceScope, 'workspaceId' | 'actor' | 'origin'>;

/** What the two logs are told of one change. */
export interface CredentialChangeRecord {
  /** `credential.<verb>`. */
  action: string;
  /** Entries of the credential's own timeline. */
  events: readonly CredentialEventType[];
  /** Redacted facts for the audit log. */
  metadata: Record<string, unknown>;
  /** Facts for the timeline; never a value or a part of one. */
  facts?: CredentialEventFacts['metadata'];
}

/** Tells the audit log and the credential's own timeline of a change, in its transaction. */
@Injectable()
export class CredentialRecordingService {
  constructor(
    private readonly audit: AuditLogService,
    private readonly events: CredentialEventsRepository,
  ) {}

  /** Records one change of a credential. */
  async record(
    scope: RecordingScope,
    credential: { id: string; name: string },
    { action, events, metadata, facts }: CredentialChangeRecord,
  ): Promise<void> {
    for (const event of events) await this.events.insert(scope, [credential.id], event, { metadata: facts });
    const { id, name } = credential;
    await this.audit.record(scope, { action, entityType: 'CREDENTIAL', entityId: id, entityName: name, metadata });
  }

  /** Notes in the timeline alone what happens too often for the audit log. */
  note(
    scope: RecordingScope,
    credentialId: string,
    event: 'REFRESHED' | 'NEEDS_REAUTH',
    facts: CredentialEventFacts,
  ): Promise<void> {
    return this.events.insert(scope, [credentialId], event, facts);
  }

  /** Notes in the timeline that an agent got or lost the credential. */
  grant(scope: WorkspaceScope, credentialId: string, event: 'GRANTED' | 'UNGRANTED', facts: CredentialEventFacts) {
    return this.events.insert(scope, [credentialId], event, facts);
  }
}
