import { ApiProperty } from '@nestjs/swagger';

/** The licence of this instance. */
export class LicenseResponse {
  /** Edition: always `community`. */
  edition: string;

  /** Id of the licence: always `community`. */
  license_id: string;

  /** Whom it was issued to; empty for the community edition. */
  licensee_org: string;

  /** Crews that the edition is meant for. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  max_crews: number;

  /** Agents of a crew that the edition is meant for. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  max_agents_per_crew: number;

  /** Members that the edition is meant for. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  max_members: number;

  /** Features beyond the edition. */
  @ApiProperty({ type: [String], maxItems: 100 })
  features: string[];

  /** Whether anything is refused beyond the numbers: never here. */
  enforced: boolean;
}
