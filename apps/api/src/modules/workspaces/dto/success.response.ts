import { ApiProperty } from '@nestjs/swagger';

/** The answer of a removal. */
export class SuccessResponse {
  /** Always true: a removal that fails is answered as a problem. */
  @ApiProperty({ enum: [true] })
  success: true;
}
