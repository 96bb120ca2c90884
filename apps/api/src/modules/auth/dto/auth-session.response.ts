import { ApiProperty } from '@nestjs/swagger';

/** Who is signed in. */
export class AuthSessionUserResponse {
  /** Id of the user. */
  id: string;

  /** Name, `""` when there is none. */
  name: string;

  /** Address. */
  email: string;

  /** Picture, `""` when there is none. */
  avatar_url: string;
}

/** The browser's session; empty when nobody is signed in. */
export class AuthSessionResponse {
  /** Who is signed in. */
  user?: AuthSessionUserResponse;

  /** When the access token runs out (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time', required: false })
  expires?: string;
}
