import { unreachable } from '#kernel';
import type { ManifestField } from './manifest-field.schema.js';
import { isSecretField } from './secret-values.js';

/** Longest value of a field, in characters. */
export const maxValueLength = 16_384;

/** What is wrong with the (trimmed, not empty) value of a field; null when it is right. Never repeats the value. */
export function findValueFault(field: ManifestField, value: string): string | null {
  if (value.length > maxValueLength) return `must not be longer than ${maxValueLength} characters`;
  if (value.includes('\0') || /\p{Surrogate}/u.test(value)) return 'must not hold NUL or broken characters';
  // It would become a reference to a credential that somebody else keeps.
  if (!isSecretField(field) && value.includes('{{')) return 'must not hold "{{"';
  const fault = typeFault(field, value);
  if (fault !== null) return fault;
  return patternOf(field)?.test(value) === false ? 'does not have the expected form' : null;
}

/** The pattern of a field over the whole value; null when it has none, or a broken one. */
export function patternOf(field: ManifestField): RegExp | null {
  if (field.pattern === undefined) return null;
  try {
    return new RegExp(`^(?:${field.pattern})$`, 'u');
  } catch {
    return null;
  }
}

function typeFault(field: ManifestField, value: string): string | null {
  switch (field.type) {
    case 'text':
    case 'password':
      return null;
    case 'number':
      return /^-?\d{1,15}(\.\d{1,10})?$/.test(value) ? null : 'must be a number';
    case 'bool':
      return value === 'true' || value === 'false' ? null : 'must be true or false';
    case 'select':
      return field.choices?.includes(value) ? null : `must be one of ${field.choices?.join(', ') ?? ''}`;
    default:
      return unreachable(field.type);
  }
}
