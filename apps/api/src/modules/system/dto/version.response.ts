import { ApiProperty } from '@nestjs/swagger';

/** What is running. */
export class VersionResponse {
  /** Version of this release. */
  current: string;

  /** Newest release; null: not looked up. */
  latest: string | null;

  /** Whether there is a newer release. */
  newer: boolean;

  /** Where the newest release is. */
  url: string | null;

  /** Commit that it was built from; null: not recorded. */
  commit: string | null;

  /** When it was built; null: not recorded. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  build_time: string | null;

  /** Whether it was built from changed sources. */
  dirty: boolean;

  /** Version of Go; null, since this server runs on Node.js. */
  go_version: string | null;

  /** Version of Node.js. */
  node_version: string;

  /** Operating system. */
  os: string;

  /** Architecture of the processor. */
  arch: string;

  /** Name of the newest migration of the database. */
  schema_version: string | null;
}
