import { ApiProperty } from '@nestjs/swagger';

/** A redirect URI that flows of the workspace may name. */
export class RedirectUriResponse {
  /** Id of the row. */
  id: string;

  /** The URI as it was registered. */
  uri: string;

  /** Id of the user who registered it; null when they are gone. */
  created_by: string | null;

  /** When it was registered. */
  @ApiProperty({ format: 'date-time' })
  created_at: string;
}
