import type { Manifest } from './manifest.schema.js';
import type { ManifestField } from './manifest-field.schema.js';
import { readTemplate, referencesOf, type TemplateReference } from './template.js';

/** Whether the value of a field is sealed. */
export function isSecretField(field: ManifestField): boolean {
  return field.type === 'password' || field.secret === true;
}

/** Whether what a placeholder stands for holds a secret, directly or through other derived values. */
export function isSecretReference(manifest: Manifest, reference: TemplateReference): boolean {
  return leavesOf(manifest, reference).some(
    (leaf) =>
      leaf.kind === 'field' && (manifest.fields ?? []).some((field) => field.key === leaf.key && isSecretField(field)),
  );
}

/** Fields (and the instance's URL) that a placeholder ends in. Derived values that go in a circle are followed once. */
export function leavesOf(
  manifest: Manifest,
  reference: TemplateReference,
  seen = new Set<string>(),
): TemplateReference[] {
  if (reference.kind !== 'derived') return [reference];
  const text = derivedText(manifest, reference.key);
  if (text === undefined || seen.has(reference.key)) return [];
  seen.add(reference.key);
  const read = readTemplate(text);
  return read.ok ? referencesOf(read.parts).flatMap((inner) => leavesOf(manifest, inner, seen)) : [];
}

/** Template of a derived value; undefined when the manifest has none of that name, whatever every object has. */
export function derivedText({ derived }: Manifest, key: string): string | undefined {
  return derived !== undefined && Object.hasOwn(derived, key) ? derived[key] : undefined;
}
