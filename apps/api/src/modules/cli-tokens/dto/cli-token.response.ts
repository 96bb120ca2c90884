import { ApiProperty } from '@nestjs/swagger';

const tiers = ['STANDARD', 'ADMIN'] as const;

/** A CLI token of the caller, without its text. */
export class CliTokenResponse {
  /** Id of the token. */
  id: string;

  /** Name to know it by. */
  name: string;

  /** Kind of token. */
  @ApiProperty({ enum: tiers, enumName: 'CliTokenTier' })
  tier: 'STANDARD' | 'ADMIN';

  /** When it was made (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** When it ends; absent when it does not. */
  @ApiProperty({ format: 'date-time', required: false })
  expires_at?: string;

  /** When it was last used, to the minute; absent when it never was. */
  @ApiProperty({ format: 'date-time', required: false })
  last_used_at?: string;

  /** When it was revoked; absent when it was not. */
  @ApiProperty({ format: 'date-time', required: false })
  revoked_at?: string;

  /** What it may change; absent when it is not limited. */
  @ApiProperty({ type: [String], required: false, maxItems: 32 })
  scopes?: string[];
}

/** The caller's tokens. */
export class CliTokenListResponse {
  /** Newest first, revoked ones included. */
  @ApiProperty({ type: () => [CliTokenResponse], maxItems: 100 })
  data: CliTokenResponse[];
}

/** A new token with its text. */
export class CreatedCliTokenResponse {
  /** The token. Shown this once; only its hash is kept. */
  token: string;

  /** Id of the token. */
  id: string;

  /** Name to know it by. */
  name: string;

  /** Kind of token. */
  @ApiProperty({ enum: tiers, enumName: 'CliTokenTier' })
  tier: 'STANDARD' | 'ADMIN';

  /** When it was made (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** When it ends; absent when it does not. */
  @ApiProperty({ format: 'date-time', required: false })
  expires_at?: string;

  /** What it may change; absent when it is not limited. */
  @ApiProperty({ type: [String], required: false, maxItems: 32 })
  scopes?: string[];
}
