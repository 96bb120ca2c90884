import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Allow } from 'class-validator';
import { IdField, limitOf, offsetOf } from '#http';
import { maxPageSize, type PageRequest } from '#kernel';

/** How many entries are answered unless told. */
export const defaultActivityLimit = 30;

/** Which entries of the feed are wanted. */
export class ListActivityQuery implements PageRequest {
  /** Only entries of this crew. */
  @IdField()
  crew_id?: string;

  /** Only entries that came from this agent. */
  @IdField()
  agent_id?: string;

  /** Most entries to answer. A larger value is clamped to 100. */
  @ApiProperty({ type: 'integer', format: 'int32', required: false, default: 30, minimum: 1, maximum: maxPageSize })
  @Allow()
  @Transform(({ value }) => limitOf(value, defaultActivityLimit))
  limit: number = defaultActivityLimit;

  /** Entries to skip. */
  @ApiProperty({ type: 'integer', format: 'int32', required: false, default: 0, minimum: 0, maximum: 2_147_483_647 })
  @Allow()
  @Transform(({ value }) => offsetOf(value))
  offset: number = 0;
}
