import { readYamlText } from './yaml-text.js';

/** What a YAML file holds, or why it is not taken. */
export type YamlReading = { ok: true; value: unknown } | { ok: false; problem: string };

/**
 * Reads one YAML 1.2 document (core schema) from a file that somebody else wrote: no anchors and aliases, no tags, no
 * repeated keys, no keys but strings, at most `maxBytes` (64 KiB unless said otherwise). An empty file holds null.
 */
export function readStrictYaml(bytes: Buffer, maxBytes = 65_536): YamlReading {
  if (bytes.byteLength > maxBytes) return { ok: false, problem: `it is larger than ${maxBytes} bytes` };
  const text = bytes.toString('utf8');
  if (text.trim() === '') return { ok: true, value: null };
  const reading = readYamlText(text);
  return reading.ok ? reading : { ok: false, problem: `it is not valid YAML: ${reading.problems[0] ?? 'unreadable'}` };
}
