import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, ValidateBy } from 'class-validator';
import { parseInstant } from './instant.js';

/** An optional instant of a query: RFC 3339, or a bare date, which means the whole day in UTC. Read it with {@link parseInstant}. */
export function InstantField(options: { description?: string; example?: string } = {}): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: String, required: false, maxLength: 40, example: '2026-01-31T00:00:00Z', ...options }),
    IsOptional(),
    ValidateBy({
      name: 'instant',
      validator: {
        validate: (value) => typeof value === 'string' && parseInstant(value) !== null,
        defaultMessage: (args) =>
          `${args?.property ?? ''} must be a date and time of RFC 3339 (2026-01-31T00:00:00Z) or a date (2026-01-31)`,
      },
    }),
  ) as PropertyDecorator;
}
