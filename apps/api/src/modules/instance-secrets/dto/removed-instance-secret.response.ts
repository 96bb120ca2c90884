import { ApiProperty } from '@nestjs/swagger';

/** A secret of the instance is gone. */
export class RemovedInstanceSecretResponse {
  /** Always `deleted`. */
  @ApiProperty({ enum: ['deleted'], enumName: 'RemovedInstanceSecretStatus' })
  status: 'deleted';
}
