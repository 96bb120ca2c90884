import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';

/** Most characters of a Composio user's id. */
export const maxUserId = 255;

/** An id at Composio in an answer: it keeps to none of our rules for ids. */
export function ForeignId(): PropertyDecorator {
  return applyDecorators(ApiProperty({ maxLength: maxUserId, pattern: '^[^\\u0000]*$' })) as PropertyDecorator;
}
