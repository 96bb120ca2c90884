import { ApiProperty } from '@nestjs/swagger';

/** The token is refused from now on. */
export class RevokedTokenResponse {
  /** Always `revoked`. */
  @ApiProperty({ type: String, enum: ['revoked'] })
  status: 'revoked';
}
