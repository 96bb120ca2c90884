import type { Actor } from '#kernel';

/** A change as it was just recorded. */
export interface RecordedEntry {
  action: string;
  entityType: string;
  entityId: string | null;
  entityName: string | null;
  /** Redacted facts. */
  metadata: Readonly<Record<string, unknown>>;
  /** Null for a change of the instance. */
  workspaceId: string | null;
  userId: string | null;
  actorKind: Actor['kind'];
}

/** Told of every change, inside its transaction: what it writes is kept or lost with the change. */
export abstract class ChangeSink {
  abstract recorded(entry: RecordedEntry): Promise<void>;
}
