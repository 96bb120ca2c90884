import { ApiProperty } from '@nestjs/swagger';

/** Says that a deletion was done. */
export class SuccessResponse {
  /** Always true. */
  @ApiProperty({ type: Boolean, description: 'Always true: failures answer a problem document.' })
  success: true;
}
