import { ApiProperty } from '@nestjs/swagger';

/** What a refresh did. */
export class ToolsRefreshedResponse {
  /** Tools that were not recorded before. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, example: 1 })
  created: number;

  /** Tools that were recorded already. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, example: 1 })
  updated: number;

  /** Entries of the list that was sent, skipped and repeated ones included. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, example: 2 })
  total: number;
}
