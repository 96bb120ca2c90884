import { findValueFault, patternOf } from './field-value.js';
import type { ManifestFault } from './manifest-faults.js';
import type { ManifestField } from './manifest-field.schema.js';
import { isSecretField } from './secret-values.js';

/** What is wrong with the form of a connector. */
export function findFieldFaults(fields: readonly ManifestField[]): ManifestFault[] {
  const taken = new Set<string>();
  return fields.flatMap((field, index) => {
    const messages = [
      ...[field.key, ...(field.aliases ?? [])]
        .filter((key) => taken.size === taken.add(key).size)
        .map((key) => `duplicate field key "${key}"`),
      ...ownFaults(field),
    ];
    return messages.map((message) => ({ path: `fields.${index}`, message }));
  });
}

function ownFaults(field: ManifestField): string[] {
  const faults: string[] = [];
  if (field.type === 'select' && !field.choices) faults.push('a select needs choices');
  if (field.type !== 'select' && field.choices) faults.push('only a select has choices');
  if (field.type === 'password' && field.secret === false) faults.push('a password is always secret');
  if (field.default !== undefined && isSecretField(field)) faults.push('a secret has no default');
  if (field.pattern !== undefined && patternOf(field) === null) faults.push('pattern is not a regular expression');
  if (faults.length === 0 && field.default !== undefined) {
    const fault = findValueFault(field, field.default);
    if (fault !== null) faults.push(`its default ${fault}`);
  }
  return faults;
}
