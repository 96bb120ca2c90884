import { ApiProperty } from '@nestjs/swagger';

/** A session that goes on. */
export class RefreshedResponse {
  /** Always true. */
  @ApiProperty({ type: Boolean, enum: [true] })
  ok: true;

  /** When the new access token runs out (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  expires: string;
}
