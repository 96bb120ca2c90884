import { ApiProperty } from '@nestjs/swagger';

/** Where the answered rows stand in their list. */
export class PaginationResponse {
  /** Number of the page, from 1. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 1, description: 'Number of the page, from 1.' })
  page: number;

  /** Most rows of a page. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 1, maximum: 100, description: 'Most rows of a page.' })
  limit: number;

  /** Rows of the whole list. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, description: 'Rows of the whole list.' })
  total: number;

  /** Pages of the whole list. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, description: 'Pages of the whole list.' })
  total_pages: number;
}
