import type { Manifest } from './manifest.schema.js';
import type { ManifestFault } from './manifest-faults.js';
import { listTemplates, type PlacedTemplate } from './manifest-templates.js';
import { derivedText, isSecretReference } from './secret-values.js';
import { readTemplate, referencesOf, type TemplateReference } from './template.js';
import { readSlots, type Slot } from './template-slots.js';

/** What is wrong with the templates of a manifest: their form, where their values stand, and what they name. */
export function findTemplateFaults(manifest: Manifest): ManifestFault[] {
  return [...listTemplates(manifest).flatMap((template) => faultsOf(manifest, template)), ...circles(manifest)];
}

function faultsOf(manifest: Manifest, template: PlacedTemplate): ManifestFault[] {
  const { path, text, place } = template;
  const read = readTemplate(text);
  if (!read.ok) return [{ path, message: read.fault }];
  const references = referencesOf(read.parts);
  const slots = readSlots(read.parts, place);
  const unknown = references.flatMap((reference) => unknownName(manifest, reference));
  if (!slots.ok) return [{ path, message: slots.fault }, ...unknown.map((message) => ({ path, message }))];
  const secrets = references.flatMap((reference, index) =>
    isSecretReference(manifest, reference) ? secretFault(template, slots.slots[index], slots.scheme) : [],
  );
  return [...unknown, ...new Set(secrets)].map((message) => ({ path, message }));
}

function unknownName(manifest: Manifest, reference: TemplateReference): string[] {
  switch (reference.kind) {
    case 'field':
      return manifest.fields?.some(({ key }) => key === reference.key) ? [] : [`unknown field "${reference.key}"`];
    case 'derived':
      return derivedText(manifest, reference.key) === undefined ? [`unknown derived "${reference.key}"`] : [];
    case 'instance_url':
      return [];
  }
}

const hostSlots: ReadonlySet<Slot | undefined> = new Set<Slot>(['whole_url', 'base_url', 'whole_host', 'host', 'port']);

// The readable row keeps the host of an endpoint, and one reference for what must be sealed as a whole.
function secretFault(template: PlacedTemplate, slot: Slot | undefined, scheme: string | null): string[] {
  if (template.place === 'url' && hostSlots.has(slot)) return ['scheme, host and port must not hold a secret'];
  if (!template.installed || template.place === 'url') return [];
  return scheme === null ? [] : ['a connection string with a secret goes into `derived`'];
}

function circles(manifest: Manifest): ManifestFault[] {
  return Object.keys(manifest.derived ?? {})
    .filter((key) => reaches(manifest, key, key, new Set()))
    .map((key) => ({ path: `derived.${key}`, message: 'refers to itself, directly or through others (cycle)' }));
}

function reaches(manifest: Manifest, from: string, goal: string, seen: Set<string>): boolean {
  if (seen.has(from)) return false;
  seen.add(from);
  const read = readTemplate(derivedText(manifest, from) ?? '');
  return (
    read.ok &&
    referencesOf(read.parts).some(
      (reference) =>
        reference.kind === 'derived' && (reference.key === goal || reaches(manifest, reference.key, goal, seen)),
    )
  );
}
