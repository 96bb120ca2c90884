import { ApiProperty } from '@nestjs/swagger';

/** Says that a channel was changed. */
export class ChannelUpdatedResponse {
  /** Always `updated`. */
  @ApiProperty({ enum: ['updated'] })
  status: 'updated';
}

/** Says that a channel was removed. */
export class ChannelDeletedResponse {
  /** Always `deleted`. */
  @ApiProperty({ enum: ['deleted'] })
  status: 'deleted';
}
