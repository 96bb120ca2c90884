import type { z } from 'zod';
import { readYamlText } from '#sources';
import { type Manifest, manifestSchema } from './manifest.schema.js';
import type { ManifestFault } from './manifest-faults.js';
import { findManifestFaults } from './manifest-rules.js';

/** Largest manifest file, in bytes. */
export const maxManifestBytes = 65_536;

/** A manifest, or everything that is wrong with the text. */
export type ManifestReading = { ok: true; manifest: Manifest } | { ok: false; faults: ManifestFault[] };

/**
 * Reads one manifest: one YAML 1.2 document (core schema) of at most 64 KiB, without anchors, tags, repeated or unknown
 * keys. Empty lists and maps count as absent.
 */
export function readManifest(text: string): ManifestReading {
  if (Buffer.byteLength(text) > maxManifestBytes) return refused(`must not be larger than ${maxManifestBytes} bytes`);
  if (text.trim() === '') return refused('manifest is empty');
  const data = readYamlText(text);
  if (!data.ok) return { ok: false, faults: data.problems.map((message) => ({ path: '', message })) };
  const parsed = manifestSchema.safeParse(withoutEmpty(data.value) ?? {});
  if (!parsed.success) return { ok: false, faults: parsed.error.issues.map(faultOfIssue) };
  const manifest = withoutEmpty(parsed.data) as Manifest;
  const faults = findManifestFaults(manifest);
  return faults.length === 0 ? { ok: true, manifest } : { ok: false, faults };
}

// Members that say nothing are left out, so that `fields: []` and no fields are one thing.
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value;
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const entries = Object.entries(value)
    .map(([key, item]) => [key, withoutEmpty(item)] as const)
    .filter(([, item]) => item !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function faultOfIssue(issue: z.core.$ZodIssue): ManifestFault {
  return { path: issue.path.join('.'), message: issue.message };
}

function refused(message: string): { ok: false; faults: ManifestFault[] } {
  return { ok: false, faults: [{ path: '', message }] };
}
