import { ApiProperty } from '@nestjs/swagger';
import { skippedKinds } from '../org-plan.types.js';

/** A channel that was not made. */
export class SkippedChannelResponse {
  /** Name of the workspace. */
  @ApiProperty({ maxLength: 100 })
  workspace: string;

  /** Type of the channel. */
  @ApiProperty({ maxLength: 255 })
  type: string;

  /** Why. */
  @ApiProperty({ maxLength: 100_000 })
  reason: string;
}

/** A workspace that was made. */
export class ImportedWorkspaceResponse {
  /** Its id. */
  @ApiProperty({ maxLength: 64 })
  id: string;

  /** Its short name for URLs. */
  @ApiProperty({ maxLength: 50 })
  slug: string;

  /** Its name. */
  @ApiProperty({ maxLength: 100 })
  name: string;

  /** How much it may do. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, maximum: 4 })
  tier: number;

  /** Types of its channels. Absent when it has none. */
  @ApiProperty({ type: [String], maxItems: 20, items: { type: 'string', maxLength: 255 }, required: false })
  channels?: string[];

  /** Channels that were not made. Absent when all were. */
  @ApiProperty({ type: () => [SkippedChannelResponse], maxItems: 20, required: false })
  channels_skipped?: SkippedChannelResponse[];
}

/** Something that was left out. */
export class SkippedItemResponse {
  /** Name of the workspace. */
  @ApiProperty({ maxLength: 100 })
  workspace: string;

  /** What it is. */
  @ApiProperty({ enum: skippedKinds, enumName: 'SkippedItemKind' })
  kind: (typeof skippedKinds)[number];

  /** Its name, path or place in the list. */
  @ApiProperty({ maxLength: 1024 })
  name: string;

  /** Why. */
  @ApiProperty({ maxLength: 100_000 })
  reason: string;
}

/** Something that was made, and that somebody has still to do something about. */
export class OrgImportNoteResponse {
  /** Name of the workspace. */
  @ApiProperty({ maxLength: 100 })
  workspace: string;

  /** What it is. */
  @ApiProperty({ enum: ['delivery_endpoint'], enumName: 'OrgImportNoteKind' })
  kind: 'delivery_endpoint';

  /** What is to be done. */
  @ApiProperty({ maxLength: 1024 })
  note: string;
}

/** What an import left out. */
export class OrgImportReportResponse {
  /** The first 1000 of them. */
  @ApiProperty({ type: () => [SkippedItemResponse], maxItems: 1_000 })
  skipped: SkippedItemResponse[];

  /** How many there are in all. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  skipped_count: number;

  /** What was made and is not finished: the secret of a delivery endpoint that was shown to nobody. */
  @ApiProperty({ type: () => [OrgImportNoteResponse], maxItems: 200 })
  notes: OrgImportNoteResponse[];
}

/** An organisation that was imported. */
export class OrgImportResponse {
  /** Its name. */
  @ApiProperty({ maxLength: 1024, example: 'Acme' })
  org: string;

  /** The workspaces that were made, parents before their children. */
  @ApiProperty({ type: () => [ImportedWorkspaceResponse], maxItems: 200 })
  workspaces: ImportedWorkspaceResponse[];

  /** How many they are. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, maximum: 200 })
  count: number;

  /** What was left out, and why. */
  @ApiProperty({ type: () => OrgImportReportResponse })
  report: OrgImportReportResponse;

  /** True when its `import_key` was used before: nothing was made this time. */
  repeated: boolean;
}
