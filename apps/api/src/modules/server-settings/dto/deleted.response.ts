import { ApiProperty } from '@nestjs/swagger';

/** Says that the row and all that hung on it are gone. */
export class DeletedResponse {
  /** Always `deleted`. */
  @ApiProperty({ enum: ['deleted'], enumName: 'DeletedStatus' })
  status: 'deleted';
}
