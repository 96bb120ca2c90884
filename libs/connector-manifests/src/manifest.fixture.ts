import { stringify } from 'yaml';
import type { Manifest } from './manifest.schema.js';
import { readManifest } from './read-manifest.js';

/** A manifest that is right, with some members replaced; undefined takes a member out. */
export function manifestText(changes: Record<string, unknown> = {}): string {
  return stringify({
    id: 'acme',
    name: 'Acme',
    auth_mode: 'pat',
    fields: [
      { key: 'token', label: 'Token', type: 'password', required: true },
      { key: 'site', label: 'Site', type: 'text' },
    ],
    mcp: {
      transport: 'streamable-http',
      endpoint: 'https://mcp.acme.example/mcp',
      headers: { Authorization: 'Bearer ${field.token}' },
    },
    ...changes,
  });
}

/** The manifest of {@link manifestText}. @throws Error naming the faults when it has any. */
export function manifestOf(changes: Record<string, unknown> = {}): Manifest {
  const reading = readManifest(manifestText(changes));
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return reading.manifest;
}
