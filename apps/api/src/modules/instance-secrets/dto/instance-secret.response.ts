import { ApiProperty } from '@nestjs/swagger';

/** A secret of the instance. Its value is write-only. */
export class InstanceSecretResponse {
  /** Its name. */
  @ApiProperty({ maxLength: 128, example: 'ANTHROPIC_API_KEY' })
  key: string;

  /** When it was first set. */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** When it was last set. */
  @ApiProperty({ format: 'date-time' })
  updated_at: string;
}
