import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Allow } from 'class-validator';
import { maxPageSize, type PageRequest } from '#kernel';
import { limitOf, offsetOf } from './page.query.js';
import type { PaginationResponse } from './pagination.response.js';

const defaultLimit = 50;
const lastPage = 10_000_000;

/** `page` and `limit` of a list that answers an envelope; `offset` may stand in for `page`. Nonsense falls back to the default. */
export class NumberedPageQuery {
  /** Number of the page, from 1. */
  @ApiProperty({
    type: 'integer',
    format: 'int32',
    required: false,
    default: 1,
    minimum: 1,
    maximum: lastPage,
    description: 'Number of the page, from 1.',
  })
  @Allow()
  @Transform(({ value }) => pageOf(value))
  page: number = 1;

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

  /** Rows to skip, instead of `page`. */
  @ApiProperty({
    type: 'integer',
    format: 'int32',
    required: false,
    minimum: 0,
    maximum: 2_147_483_647,
    description: 'Rows to skip. Comes before `page`.',
  })
  @Allow()
  @Transform(({ value }) => (value === undefined ? undefined : offsetOf(value)))
  offset?: number;
}

/** The part of the list that the query asks for. */
export function pageRequestOf({ page, limit, offset }: NumberedPageQuery): PageRequest {
  return { limit, offset: offset ?? (page - 1) * limit };
}

/** Where that part stands in a list of so many rows. */
export function paginationOf(query: NumberedPageQuery, total: number): PaginationResponse {
  const { limit, offset } = pageRequestOf(query);
  return { page: Math.floor(offset / limit) + 1, limit, total, total_pages: Math.ceil(total / limit) };
}

function pageOf(value: unknown): number {
  const number = Number(value);
  return Number.isInteger(number) && number >= 1 ? Math.min(number, lastPage) : 1;
}
