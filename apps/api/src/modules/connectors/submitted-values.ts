import type { Manifest, ResolutionFault, ValuesReading } from '#connector-manifests';
import { readFieldValues } from '#connector-manifests';
import type { LateBody } from '#http';
import { AppError } from '#kernel';
import { connectorErrors } from './connectors.errors.js';
import type { SubmittedFields } from './dto/submitted-fields.field.js';

/** The body of a call. @throws AppError 400 with the documented sentence for what is no JSON object, as `read` for the rest. */
export function readBody<T extends object>(body: LateBody<T>): T {
  try {
    return body.read();
  } catch (error) {
    throw error instanceof AppError && error.code === 'http.invalid_json' ? connectorErrors.invalidBody() : error;
  }
}

/** What was submitted, as texts by key. */
export function submittedTexts(fields: SubmittedFields | null | undefined): Map<string, string> {
  return new Map(
    Object.entries(fields ?? {}).flatMap(([key, value]) => (value === null ? [] : [[key, String(value)] as const])),
  );
}

/**
 * The values of the form, defaults in place.
 * @throws AppError 400 for the first field that has none or a wrong one; `missing` says how a missing one is told.
 */
export function fieldValuesOf(
  manifest: Manifest,
  fields: SubmittedFields | null | undefined,
  missing: (key: string) => AppError,
): Extract<ValuesReading, { ok: true }>['values'] {
  const reading = readFieldValues(manifest, submittedTexts(fields));
  if (reading.ok) return reading.values;
  if (reading.fault === 'missing') throw missing(reading.key);
  throw invalidField(reading);
}

/** The error for a value that does not fit where it is needed. */
export function invalidField({ key, reason }: Pick<ResolutionFault, 'key' | 'reason'>): AppError {
  const message = `field "${key ?? ''}" ${reason}`;
  const fields = [{ field: `fields.${key ?? ''}`, code: 'invalid', message }];
  return connectorErrors.fieldInvalid({ params: { key: key ?? '', reason }, fields });
}

/** The fault of a required field, for `errors[]`. */
export function requiredFault(key: string, message: string) {
  return [{ field: `fields.${key}`, code: 'required', message }];
}
