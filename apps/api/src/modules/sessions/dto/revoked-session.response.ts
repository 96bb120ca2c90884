import { ApiProperty } from '@nestjs/swagger';

/** A session that has ended. */
export class RevokedSessionResponse {
  /** Always true. */
  @ApiProperty({ type: Boolean, enum: [true] })
  ok: true;

  /** Id of the session. */
  id: string;

  /** Whether this request was made with it: the caller is signed out now. */
  is_current: boolean;
}
