import { ApiProperty } from '@nestjs/swagger';

/** Whose credential was presented. */
export class ValidCredentialResponse {
  /** Always true; an invalid credential is answered with 401. */
  @ApiProperty({ type: Boolean, enum: [true] })
  valid: true;

  /** Id of the user; null for the instance administrator’s token. */
  user_id: string | null;

  /** Address of the user; null for the instance administrator’s token. */
  user_email: string | null;
}
