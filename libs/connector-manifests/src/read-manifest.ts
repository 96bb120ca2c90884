import { parseAllDocuments } from 'yaml';
import type { z } from 'zod';
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
  const data = readYaml(text);
  if (!data.ok) return data;
  const parsed = manifestSchema.safeParse(withoutEmpty(data.value) ?? {});
  if (!parsed.success) return { ok: false, faults: parsed.error.issues.map(faultOfIssue) };
  const manifest = withoutEmpty(parsed.data) as Manifest;
  const faults = findManifestFaults(manifest);
  return faults.length === 0 ? { ok: true, manifest } : { ok: false, faults };
}

function readYaml(text: string): { ok: true; value: unknown } | { ok: false; faults: ManifestFault[] } {
  const documents = parseAllDocuments(text, {
    schema: 'core',
    version: '1.2',
    merge: false,
    resolveKnownTags: false,
    stringKeys: true,
    strict: true,
    uniqueKeys: true,
    logLevel: 'silent',
  });
  const [document] = documents;
  if (documents.length !== 1 || document === undefined) return refused('must be one YAML document');
  const problems = [...document.errors, ...document.warnings].map(
    ({ message }) => message.split('\n')[0] ?? 'not YAML',
  );
  if (problems.length > 0) return { ok: false, faults: problems.map((message) => ({ path: '', message })) };
  try {
    return { ok: true, value: document.toJS({ maxAliasCount: 0 }) };
  } catch {
    return refused('must not use YAML anchors and aliases');
  }
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
