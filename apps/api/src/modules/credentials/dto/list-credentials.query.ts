import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ChoiceField, limitOf, PageQuery, TextField } from '#http';
import { maxPageSize } from '#kernel';

/** Which credentials to list, and how. */
export class ListCredentialsQuery extends PageQuery {
  /** Most rows to answer. */
  @ApiProperty({
    type: 'integer',
    format: 'int32',
    required: false,
    default: 50,
    minimum: 1,
    maximum: maxPageSize,
    description: 'Most rows to answer. A larger value is clamped to 100; with `paginate=true` it must be positive.',
  })
  @Transform(({ obj }: { obj: Record<string, unknown> }) => askedLimit(obj))
  declare limit: number;

  /** Part of the name or the description, in any case. */
  @TextField({ max: 255 })
  search?: string;

  /** Only credentials with this tag. */
  @TextField({ max: 32 })
  tag?: string;

  /** `true` answers one page with a cursor, newest first, instead of the bare list. */
  @ChoiceField(['true', 'false'], { enumName: 'CredentialPaginate' })
  paginate?: 'true' | 'false';

  /** With `paginate=true`: the `next_cursor` of the page before. */
  @TextField({ max: 512 })
  cursor?: string;
}

// 0 says "makes no sense" to the service, which answers 400 for it where a cursor is used.
function askedLimit({ limit, paginate }: Record<string, unknown>): number {
  if (paginate !== 'true' || limit === undefined) return limitOf(limit, 50);
  return limitOf(limit, 0);
}
