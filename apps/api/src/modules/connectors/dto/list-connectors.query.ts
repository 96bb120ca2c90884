import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Allow } from 'class-validator';
import { limitOf, PageQuery, TextField } from '#http';

/** Which connectors to list. */
export class ListConnectorsQuery extends PageQuery {
  /** Most rows to answer; the largest page unless told, since clients expect the whole catalogue. */
  @ApiProperty({
    type: 'integer',
    format: 'int32',
    required: false,
    default: 100,
    minimum: 1,
    maximum: 100,
    description: 'Most rows to answer. A larger value is clamped to 100.',
  })
  @Allow()
  @Transform(({ value }) => limitOf(value, 100))
  override limit: number = 100;

  /** Only connectors of this category. */
  @TextField({ max: 64, example: 'databases' })
  category?: string;

  /** Only connectors that have all of these words in their id, name, description or category. */
  @TextField({ max: 200, example: 'postgres' })
  q?: string;
}
