import { ApiProperty } from '@nestjs/swagger';

/** What a try at the provider found. */
export class CredentialTestResponse {
  /** Whether the provider accepts the value; true as well where it cannot be tried out. */
  valid: boolean;

  /** HTTP status of the provider's answer; 0 when there was none. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, maximum: 599 })
  status: number;

  /** Why the value is not valid, or why it was not tried out. Absent when there is nothing to say. */
  error?: string;

  /** Whether values of this provider and type can be tried out. */
  supported: boolean;
}
