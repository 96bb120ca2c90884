import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Allow } from 'class-validator';

/** How much the resolution tells. */
export class ResolvedQuery {
  /** `true` answers an object with the reasons instead of the bare list. */
  @Allow()
  @Transform(({ value }) => value === 'true' || value === '1')
  @ApiProperty({ type: Boolean, required: false, default: false })
  explain?: boolean;
}
