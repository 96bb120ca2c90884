import { ApiProperty } from '@nestjs/swagger';

/** A connector as it stands installed. */
export class ConnectorInstallationResponse {
  /** Id of the integration that the installation made. */
  integration_id: string;

  /** Internal name of the integration. */
  name: string;

  /** Name shown to people. */
  display_name: string;

  /** Level of the integration. */
  @ApiProperty({ enum: ['workspace', 'crew'], enumName: 'InstallationScope' })
  scope: 'workspace' | 'crew';

  /** Crew that has it; null for the workspace. */
  crew_id: string | null;

  /** Whether the integration is switched on. */
  enabled: boolean;

  /** Status of the credential that the integration names for everybody, such as `PENDING` until an authorization is finished. */
  credential_status: string | null;

  /** When it was installed. */
  @ApiProperty({ format: 'date-time' })
  created_at: string;
}
