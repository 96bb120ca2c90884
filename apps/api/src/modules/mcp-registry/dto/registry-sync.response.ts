import { ApiProperty } from '@nestjs/swagger';
import { type SyncMode, syncModes } from '../mcp-registry.types.js';

/** What answers say of the sync; `interrupted`: its holder is gone, and the next to look takes it up where it was. */
export const syncStatuses = ['idle', 'running', 'failed', 'interrupted'] as const;

const count = { type: 'integer', format: 'int32', minimum: 0 } as const;

/** An entry of the registry that was left out. */
export class SkippedEntryResponse {
  /** Its name; "" when it has none that is valid. */
  @ApiProperty({ maxLength: 200 })
  name: string;

  /** Why it was left out. */
  @ApiProperty({ maxLength: 255, example: 'Its name is not of the form namespace/server.' })
  reason: string;
}

/** State and progress of the sync, which all replicas and workspaces share. */
export class RegistrySyncResponse {
  /** What it is doing. `interrupted`: its process ended; another goes on from the same page. */
  @ApiProperty({ enum: syncStatuses, enumName: 'RegistrySyncState' })
  state: (typeof syncStatuses)[number];

  /** Whether the run reads everything (`full`) or what changed (`incremental`); null before the first one. */
  @ApiProperty({ enum: syncModes, enumName: 'RegistrySyncMode', nullable: true })
  mode: SyncMode | null;

  /** Pages read in this run, or in the last one. */
  @ApiProperty(count)
  pages: number;

  /** Entries read. */
  @ApiProperty(count)
  entries: number;

  /** Entries that were found to be gone from the registry and are not listed any more. */
  @ApiProperty(count)
  removed: number;

  /** Entries left out because they could not be read. */
  @ApiProperty(count)
  skipped: number;

  /** The first of those, with the reasons. */
  @ApiProperty({ type: () => [SkippedEntryResponse], maxItems: 20 })
  skipped_entries: SkippedEntryResponse[];

  /** When the run began (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  started_at: string | null;

  /** When it ended or failed; null while it runs. */
  @ApiProperty({ format: 'date-time' })
  finished_at: string | null;

  /** When a run last came to its end without a failure. */
  @ApiProperty({ format: 'date-time' })
  last_success_at: string | null;

  /** When everything was last read. */
  @ApiProperty({ format: 'date-time' })
  last_full_at: string | null;

  /** Why the last run failed; null after a success. */
  @ApiProperty({ maxLength: 500 })
  last_error: string | null;

  /** Failures in a row. */
  @ApiProperty(count)
  failures: number;

  /** When the next automatic run is due. */
  @ApiProperty({ format: 'date-time' })
  next_run_at: string | null;

  /** When a sync may be asked for again; null: now. */
  @ApiProperty({ format: 'date-time' })
  next_allowed_at: string | null;
}
