import { ApiProperty } from '@nestjs/swagger';

/** What became of tokens at the server that issued them. */
export const upstreamOutcomes = ['revoked', 'not_supported', 'nothing_to_revoke', 'failed'] as const;

/** What a revocation did. */
export class RevokedCredentialResponse {
  /** Id of the credential. */
  id: string;

  /** Always `REVOKED`. */
  @ApiProperty({ type: String, enum: ['REVOKED'] })
  status: 'REVOKED';

  /** Whether the tokens were revoked where they were issued (RFC 7009); only OAUTH2 credentials have such. */
  @ApiProperty({ enum: upstreamOutcomes, enumName: 'UpstreamRevocation' })
  upstream: (typeof upstreamOutcomes)[number];

  /** Why the tokens may still work there; null unless `upstream` is `failed`. */
  upstream_error: string | null;
}
