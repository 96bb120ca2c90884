import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { maxUpstreamText } from '#composio';

/** A text of Composio's in an answer. It keeps to none of our rules for ids and names, and is cut where it is too long. */
export function UpstreamText(options: { optional?: boolean } = {}): PropertyDecorator {
  const limits = { maxLength: maxUpstreamText, pattern: '^[^\\u0000]*$' };
  return applyDecorators(ApiProperty({ type: String, ...limits, required: !options.optional })) as PropertyDecorator;
}
