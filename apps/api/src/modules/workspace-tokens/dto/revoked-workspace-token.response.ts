import { ApiProperty } from '@nestjs/swagger';

/** The token is refused from now on. */
export class RevokedWorkspaceTokenResponse {
  /** Always `revoked`. */
  @ApiProperty({ type: String, enum: ['revoked'] })
  status: 'revoked';
}
