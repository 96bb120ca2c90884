import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Allow } from 'class-validator';
import { limitOf, offsetOf } from '#http';
import { maxPageSize, type PageRequest } from '#kernel';

/** How many runs are answered unless told. */
export const defaultHistoryLimit = 20;

/** Which part of a schedule's history is wanted. */
export class ListScheduleRunsQuery implements PageRequest {
  /** Most runs to answer. A larger value is clamped to 100. */
  @ApiProperty({ type: 'integer', format: 'int32', required: false, default: 20, minimum: 1, maximum: maxPageSize })
  @Allow()
  @Transform(({ value }) => limitOf(value, defaultHistoryLimit))
  limit: number = defaultHistoryLimit;

  /** Runs to skip. */
  @ApiProperty({ type: 'integer', format: 'int32', required: false, default: 0, minimum: 0, maximum: 2_147_483_647 })
  @Allow()
  @Transform(({ value }) => offsetOf(value))
  offset: number = 0;
}
