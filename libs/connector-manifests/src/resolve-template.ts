import type { FieldValues } from './field-values.js';
import type { Manifest } from './manifest.schema.js';
import { derivedText } from './secret-values.js';
import { writeSlot } from './slot-values.js';
import { readTemplate, type TemplatePart, type TemplateReference } from './template.js';
import { type Place, readSlots, type Slot } from './template-slots.js';

/** What templates are resolved with. */
export interface TemplateSource {
  manifest: Manifest;
  values: FieldValues;
  /** Public address of this installation, without a slash at its end. */
  instanceUrl: string;
}

/** A resolved text, or the value that cannot stand where it should. */
export type Resolution = { ok: true; text: string } | ResolutionFault;

/** The value that cannot stand where a template puts it. */
export interface ResolutionFault {
  ok: false;
  /** Key of the field or the derived value; null when no single value is at fault. */
  key: string | null;
  /** What is wrong with it, to follow its name. Never repeats it. */
  reason: string;
}

/** One piece of a template with its value written for its slot. */
export type WrittenPart =
  | { kind: 'text'; text: string }
  | { kind: 'value'; reference: TemplateReference; slot: Slot; raw: string; written: string };

/** The pieces of a template with all values, or the value that does not fit. Never asked of templates that failed to load. */
export function writeParts(
  source: TemplateSource,
  template: string,
  place: Place,
): { ok: true; parts: WrittenPart[] } | ResolutionFault {
  const read = readTemplate(template);
  if (!read.ok) return { ok: false, key: null, reason: read.fault };
  const slots = readSlots(read.parts, place);
  if (!slots.ok) return { ok: false, key: null, reason: slots.fault };
  const remaining = [...slots.slots];
  const parts: WrittenPart[] = [];
  for (const part of read.parts) {
    const written = writePart(source, part, remaining);
    if (!written.ok) return written;
    parts.push(written.part);
  }
  return pathFault(parts) ?? { ok: true, parts };
}

/** A template with all values in clear, escaped for where they stand. */
export function resolveTemplate(source: TemplateSource, template: string, place: Place): Resolution {
  const result = writeParts(source, template, place);
  return result.ok ? { ok: true, text: clearText(result.parts) } : result;
}

/** The text of written parts, with all values in clear. */
export function clearText(parts: readonly WrittenPart[]): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : part.written)).join('');
}

/** Whether a template has values and all of them are empty: then the entry that it makes is left out. */
export function isVoid(parts: readonly WrittenPart[]): boolean {
  const values = parts.filter((part) => part.kind === 'value');
  return values.length > 0 && values.every(({ raw }) => raw === '');
}

function writePart(
  source: TemplateSource,
  part: TemplatePart,
  remaining: Slot[],
): { ok: true; part: WrittenPart } | ResolutionFault {
  if (part.kind === 'text') return { ok: true, part };
  const { reference } = part;
  const raw = rawValue(source, reference);
  if (!raw.ok) return raw;
  const slot = remaining.shift() ?? 'plain';
  const value = writeSlot(slot, raw.text);
  const key = reference.kind === 'instance_url' ? null : reference.key;
  if (!value.ok) return { ok: false, key, reason: value.reason };
  return { ok: true, part: { kind: 'value', reference, slot, raw: raw.text, written: value.text } };
}

function rawValue(source: TemplateSource, reference: TemplateReference): Resolution {
  switch (reference.kind) {
    case 'field':
      return { ok: true, text: source.values.get(reference.key) ?? '' };
    case 'derived':
      return resolveTemplate(source, derivedText(source.manifest, reference.key) ?? '', 'derived');
    case 'instance_url':
      return { ok: true, text: source.instanceUrl };
  }
}

// Two harmless pieces may make a dot segment together, which URL parsers take for "the folder above".
function pathFault(parts: readonly WrittenPart[]): ResolutionFault | null {
  const part = parts.find((each) => each.kind === 'value' && each.slot === 'path');
  if (part?.kind !== 'value' || part.reference.kind === 'instance_url') return null;
  const path = clearText(parts)
    .replace(/[?#].*$/s, '')
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/, '');
  const dots = path.split('/').some((segment) => segment === '.' || segment === '..');
  return dots ? { ok: false, key: part.reference.key, reason: 'must not be "." or ".."' } : null;
}
