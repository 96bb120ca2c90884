import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsOptional, ValidateBy, ValidateNested } from 'class-validator';
import { isJsonObject } from '#kernel';

/** What every field of a body or query may say. Its description is the docstring of the property. */
export interface FieldOptions {
  /** Absent, null and "" are refused with `<name> is required`. */
  required?: boolean;
  /** null is a value of its own (in PATCH: clear); published as nullable. */
  nullable?: boolean;
  /** Sentence for every fault of this field, instead of the house's. */
  message?: string;
  /** Sentence for a required field that is absent; goes before `message`. */
  requiredMessage?: string;
  example?: unknown;
  default?: unknown;
}

/** Options of a text. */
export interface TextOptions extends FieldOptions {
  /** Most characters. */
  max: number;
  /** Fewest characters; 0 unless told. */
  min?: number;
  pattern?: RegExp;
  /** A text of blanks only is refused. */
  notBlank?: boolean;
  /** Sentence for a text that the pattern refuses; goes before `message`. */
  patternMessage?: string;
  /** Sentence for a text that is too long; goes before `message`. */
  tooLong?: string;
  /** JSON Schema format, published only: `email`, `uri`, `date-time`, `password`. */
  format?: string;
  /** The value is a secret: write-only. */
  writeOnly?: boolean;
}

// A sentence that `message` replaces, or one that stands.
type Fault = (value: unknown, property: string) => string | { exact: string } | null;

function field(rule: string, options: FieldOptions, fault: Fault, schema: ApiPropertyOptions): PropertyDecorator {
  const required = options.required ?? false;
  const faultOf = (value: unknown, property: string): string | null => {
    if (required && (value === undefined || value === null || value === ''))
      return options.requiredMessage ?? options.message ?? `${property} is required`;
    const found = fault(value, property);
    if (found === null) return null;
    return typeof found === 'string' ? (options.message ?? found) : found.exact;
  };
  const check = ValidateBy({
    name: rule,
    validator: {
      validate: (value, args) => faultOf(value, args?.property ?? '') === null,
      defaultMessage: (args) => faultOf(args?.value, args?.property ?? '') ?? '',
    },
  });
  const published = {
    ...schema,
    required,
    ...(options.nullable && { nullable: true }),
    ...(options.example !== undefined && { example: options.example }),
    ...(options.default !== undefined && { default: options.default }),
  } as ApiPropertyOptions;
  return applyDecorators(ApiProperty(published), ...(required ? [] : [IsOptional()]), check) as PropertyDecorator;
}

/** A string with its limits. */
export function TextField(options: TextOptions): PropertyDecorator {
  const fault: Fault = (value, property) => {
    if (typeof value !== 'string') return `${property} must be a string`;
    if (options.notBlank && value.trim() === '') return `${property} is required`;
    if (value.length > options.max) {
      return exact(options.tooLong) ?? `${property} must be at most ${options.max} characters long`;
    }
    if (value.length < (options.min ?? 0)) return `${property} must be at least ${options.min ?? 0} characters long`;
    if (value.includes('\u0000')) return `${property} must not contain a NUL character`;
    if (!options.pattern || options.pattern.test(value)) return null;
    return exact(options.patternMessage) ?? `${property} has a wrong form`;
  };
  const pattern = options.pattern?.source ?? (options.notBlank ? notBlank : undefined);
  const schema = {
    type: String,
    maxLength: options.max,
    ...(options.min !== undefined && { minLength: options.min }),
    ...(pattern !== undefined && { pattern }),
    ...(options.format && { format: options.format }),
    ...(options.writeOnly && { writeOnly: true }),
  };
  return field('text', options, fault, schema);
}

// A character that is no blank, and no NUL.
const notBlank = '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$';

function exact(sentence: string | undefined): { exact: string } | null {
  return sentence === undefined ? null : { exact: sentence };
}

/** A name that people read: 2 to 100 characters, and not blanks alone. */
export function NameField(options: Partial<TextOptions> = {}): PropertyDecorator {
  return TextField({ min: 2, max: 100, notBlank: true, message: 'name must be 2-100 characters', ...options });
}

/** An id of a row: at most 64 letters, digits, hyphens or underscores. `""` counts as absent where it is optional. */
export function IdField(options: FieldOptions = {}): PropertyDecorator {
  return TextField({ max: 64, pattern: /^[A-Za-z0-9_-]*$/, example: 'cmhq3v1x0a1b2c3d4e5f6g7h8', ...options });
}

/** true or false; strings are refused. */
export function FlagField(options: FieldOptions = {}): PropertyDecorator {
  return field(
    'flag',
    options,
    (value, property) => (typeof value === 'boolean' ? null : `${property} must be true or false`),
    {
      type: Boolean,
    },
  );
}

/** A whole number within its limits. */
export function IntegerField(options: FieldOptions & { min: number; max: number }): PropertyDecorator {
  const { min, max } = options;
  const fault: Fault = (value, property) =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max
      ? null
      : `${property} must be a whole number from ${min} to ${max}`;
  const format = max > 2_147_483_647 ? 'int64' : 'int32';
  return field('integer', options, fault, { type: 'integer', format, minimum: min, maximum: max });
}

/** A number within its limits. */
export function NumberField(options: FieldOptions & { min: number; max: number }): PropertyDecorator {
  const { min, max } = options;
  const fault: Fault = (value, property) =>
    typeof value === 'number' && value >= min && value <= max
      ? null
      : `${property} must be a number from ${min} to ${max}`;
  return field('number', options, fault, { type: 'number', format: 'double', minimum: min, maximum: max });
}

/** One of a closed list of words, published as the enum `enumName`. */
export function ChoiceField<const T extends readonly string[]>(
  values: T,
  options: FieldOptions & { enumName: string },
): PropertyDecorator {
  const fault: Fault = (value, property) =>
    typeof value === 'string' && values.includes(value) ? null : `${property} must be one of ${values.join(', ')}`;
  return field('choice', options, fault, { enum: [...values], enumName: options.enumName } as ApiPropertyOptions);
}

/** A list of strings. */
export function TextListField(options: FieldOptions & { maxItems: number; maxLength: number }): PropertyDecorator {
  const fault: Fault = (value, property) => {
    if (!Array.isArray(value)) return `${property} must be an array of strings`;
    if (value.length > options.maxItems) return `${property} must have at most ${options.maxItems} entries`;
    const fits = value.every(
      (item) => typeof item === 'string' && item.length <= options.maxLength && !item.includes('\u0000'),
    );
    return fits ? null : `${property} must be an array of strings of at most ${options.maxLength} characters`;
  };
  return field('text_list', options, fault, {
    type: 'array',
    maxItems: options.maxItems,
    items: { type: 'string', maxLength: options.maxLength },
  });
}

/** An object whose members are strings, whatever their names. */
export function TextMapField(options: FieldOptions & { maxMembers: number; maxLength: number }): PropertyDecorator {
  const { maxMembers, maxLength } = options;
  const fault: Fault = (value, property) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${property} must be an object`;
    const members = Object.entries(value);
    if (members.length > maxMembers) return `${property} must have at most ${maxMembers} members`;
    const fits = members.every(
      ([name, item]) =>
        typeof item === 'string' && item.length <= maxLength && name.length <= 255 && !`${name}${item}`.includes('\0'),
    );
    return fits ? null : `${property} must be an object of strings of at most ${maxLength} characters`;
  };
  return field('text_map', options, fault, {
    type: 'object',
    maxProperties: maxMembers,
    additionalProperties: { type: 'string', maxLength },
  });
}

/** A list of objects of one DTO class, each read by that class's own rules. */
export function ObjectListField<T extends object>(
  dto: new () => T,
  options: FieldOptions & { maxItems: number },
): PropertyDecorator {
  const fault: Fault = (value, property) => {
    if (!Array.isArray(value)) return `${property} must be an array of objects`;
    if (value.length > options.maxItems) return `${property} must have at most ${options.maxItems} entries`;
    return value.every(isJsonObject) ? null : `${property} must be an array of objects`;
  };
  return applyDecorators(
    field('object_list', options, fault, { type: () => [dto], maxItems: options.maxItems }),
    Type(() => dto),
    ValidateNested({ each: true }),
  ) as PropertyDecorator;
}

/** An object of a DTO class, read by that class's own rules. */
export function ObjectField<T extends object>(dto: new () => T, options: FieldOptions = {}): PropertyDecorator {
  const fault: Fault = (value, property) => (isJsonObject(value) ? null : `${property} must be an object`);
  return applyDecorators(
    field('object', options, fault, { type: () => dto }),
    Type(() => dto),
    ValidateNested(),
  ) as PropertyDecorator;
}
