import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Allow } from 'class-validator';
import { maxPageSize, type PageRequest } from '#kernel';

const defaultLimit = 50;

/** `limit` and `offset` of a list. Values that make no sense fall back to the default instead of failing. */
export class PageQuery implements PageRequest {
  /** Most rows to answer. */
  @ApiProperty({
    type: 'integer',
    format: 'int32',
    required: false,
    default: defaultLimit,
    minimum: 1,
    maximum: maxPageSize,
    description: 'Most rows to answer. A larger value is clamped to 100.',
  })
  @Allow()
  @Transform(({ value }) => limitOf(value, defaultLimit))
  limit: number = defaultLimit;

  /** Rows to skip. */
  @ApiProperty({
    type: 'integer',
    format: 'int32',
    required: false,
    default: 0,
    minimum: 0,
    maximum: 2_147_483_647,
    description: 'Rows to skip.',
  })
  @Allow()
  @Transform(({ value }) => offsetOf(value))
  offset: number = 0;
}

/** A page size from a query value: whole and at least 1, at most 100, else the default. */
export function limitOf(value: unknown, fallback: number): number {
  const number = Number(value);
  return Number.isInteger(number) && number >= 1 ? Math.min(number, maxPageSize) : fallback;
}

/** An offset from a query value: whole and at least 0, else 0. */
export function offsetOf(value: unknown): number {
  const number = Number(value);
  return Number.isInteger(number) && number >= 0 && number <= 2_147_483_647 ? number : 0;
}
