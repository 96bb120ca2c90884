import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, ValidateBy } from 'class-validator';
import { maxValueLength } from '#connector-manifests';

const mostFields = 64;

/** Values as a form submits them. */
export type SubmittedFields = Readonly<Record<string, string | number | boolean | null>>;

/** An optional object of strings, numbers and booleans; null counts as not given. */
export function SubmittedFieldsField(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      type: 'object',
      selfRequired: false,
      nullable: true,
      maxProperties: mostFields,
      additionalProperties: {
        nullable: true,
        oneOf: [{ type: 'string', maxLength: maxValueLength }, { type: 'number' }, { type: 'boolean' }],
      },
      example: { token: 'ghp_xxx' },
    }),
    IsOptional(),
    ValidateBy({
      name: 'submitted_fields',
      validator: {
        validate: (value) => faultOf(value) === null,
        defaultMessage: (args) => `fields ${faultOf(args?.value) ?? ''}`,
      },
    }),
  ) as PropertyDecorator;
}

function faultOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be an object of form values';
  const entries = Object.entries(value);
  if (entries.length > mostFields) return `must have at most ${mostFields} members`;
  const wrong = entries.find(([, item]) => item !== null && !['string', 'number', 'boolean'].includes(typeof item));
  return wrong === undefined ? null : 'must hold strings, numbers and booleans only';
}
