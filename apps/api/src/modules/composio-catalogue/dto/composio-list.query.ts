import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Allow } from 'class-validator';
import { limitOf } from '#http';
import { maxPageSize } from '#kernel';

const defaultLimit = 40;

/** Most characters of a filter. */
export const maxFilterLength = 500;

// Nothing is refused while it is read: a workspace without a key gets its answer before any parameter is judged.
const oneText = ({ value }: { value: unknown }): string => String(Array.isArray(value) ? value[0] : (value ?? ''));

/** Which part of a list of Composio's is wanted. */
export class ComposioListQuery {
  /** Words to look for in slug, name and description. */
  @ApiProperty({
    type: String,
    required: false,
    maxLength: maxFilterLength,
    description: 'Words to look for in slug, name and description.',
  })
  @Allow()
  @Transform(oneText)
  search: string = '';

  /** Most items to answer. */
  @ApiProperty({
    type: 'integer',
    format: 'int32',
    required: false,
    default: defaultLimit,
    minimum: 1,
    maximum: maxPageSize,
    description: 'Most items to answer. A larger value is clamped to 100, nonsense counts as 40.',
  })
  @Allow()
  @Transform(({ value }) => limitOf(value, defaultLimit))
  limit: number = defaultLimit;
}

/** Which apps are wanted. */
export class ComposioToolkitsQuery extends ComposioListQuery {
  /** Id of a category. */
  @ApiProperty({ type: String, required: false, maxLength: maxFilterLength, description: 'Id of a category.' })
  @Allow()
  @Transform(oneText)
  category: string = '';
}

/** Which trigger types are wanted. */
export class ComposioTriggersQuery extends ComposioListQuery {
  /** Slug of one app. */
  @ApiProperty({ type: String, required: false, maxLength: maxFilterLength, description: 'Slug of one app.' })
  @Allow()
  @Transform(oneText)
  toolkit: string = '';
}

/** Which tools are wanted. */
export class ComposioToolsQuery extends ComposioListQuery {
  /** Slug of the app. */
  @ApiProperty({ type: String, maxLength: maxFilterLength, description: 'Slug of the app.', example: 'gmail' })
  @Allow()
  @Transform(oneText)
  toolkit: string = '';
}
