import { ApiProperty } from '@nestjs/swagger';

/** A token against forged sign-ins. */
export class CsrfResponse {
  /** 64 hexadecimal characters, also set as a cookie. */
  @ApiProperty({ pattern: '^[0-9a-f]{64}$', maxLength: 64 })
  csrfToken: string;
}
