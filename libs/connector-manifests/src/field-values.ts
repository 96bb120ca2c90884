import { findValueFault } from './field-value.js';
import type { Manifest } from './manifest.schema.js';
import type { ManifestField } from './manifest-field.schema.js';

/** The values that an installation works with, by field key. Fields without a value have "". */
export type FieldValues = ReadonlyMap<string, string>;

/** Values that fit the form, or the first field, in its order, that does not. */
export type ValuesReading =
  | { ok: true; values: FieldValues }
  | { ok: false; fault: 'missing'; key: string }
  | { ok: false; fault: 'invalid'; key: string; reason: string };

/**
 * Reads what was submitted: trimmed, aliases resolved, defaults in place, each value checked against its field. What the
 * form does not know is ignored.
 */
export function readFieldValues(manifest: Manifest, submitted: ReadonlyMap<string, string>): ValuesReading {
  const values = new Map<string, string>();
  for (const field of manifest.fields ?? []) {
    const value = submittedValue(field, submitted) ?? field.default ?? '';
    if (value === '' && field.required) return { ok: false, fault: 'missing', key: field.key };
    const reason = value === '' ? null : findValueFault(field, value);
    if (reason !== null) return { ok: false, fault: 'invalid', key: field.key, reason };
    values.set(field.key, value);
  }
  return { ok: true, values };
}

function submittedValue(field: ManifestField, submitted: ReadonlyMap<string, string>): string | null {
  for (const key of [field.key, ...(field.aliases ?? [])]) {
    const value = submitted.get(key)?.trim();
    if (value) return value;
  }
  return null;
}
