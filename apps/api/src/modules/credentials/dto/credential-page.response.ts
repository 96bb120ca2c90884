import { ApiProperty } from '@nestjs/swagger';
import { CredentialResponse } from './credential.response.js';

/** One page of credentials, newest first, with the way to the next. */
export class CredentialPageResponse {
  /** The credentials of the page. */
  @ApiProperty({ type: () => [CredentialResponse], maxItems: 100 })
  credentials: CredentialResponse[];

  /** Cursor of the next page; null on the last. */
  next_cursor: string | null;

  /** Most rows that a page has. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 1, maximum: 100 })
  limit: number;
}
