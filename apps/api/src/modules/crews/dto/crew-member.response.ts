import { ApiProperty } from '@nestjs/swagger';

/** The person behind a membership. */
export class CrewMemberUserResponse {
  /** Id of the user. */
  id: string;

  /** Email of the user. */
  email: string;

  /** Full name of the user. */
  full_name: string | null;

  /** URL of the user's picture. */
  avatar_url: string | null;
}

/** A user's membership of a crew. */
export class CrewMemberResponse {
  /** Id of the membership. */
  id: string;

  /** Id of the crew. */
  crew_id: string;

  /** Id of the user. */
  user_id: string;

  /** Role inside the crew; null when the workspace role counts alone. */
  role: string | null;

  /** Since when (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** The person. */
  user: CrewMemberUserResponse;
}
