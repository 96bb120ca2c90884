import { parseAllDocuments } from 'yaml';

/** What a YAML text holds, or why it is not taken. */
export type YamlReading = { ok: true; value: unknown } | { ok: false; problem: string };

/**
 * Reads one YAML 1.2 document (core schema) from a file that somebody else wrote: no anchors and aliases, no tags, no
 * repeated keys, no keys but strings, at most `maxBytes` (64 KiB unless said otherwise).
 */
export function readStrictYaml(bytes: Buffer, maxBytes = 65_536): YamlReading {
  if (bytes.byteLength > maxBytes) return refused(`it is larger than ${maxBytes} bytes`);
  const documents = parseAllDocuments(bytes.toString('utf8'), {
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
  if (documents.length > 1) return refused('it is more than one YAML document');
  if (document === undefined) return { ok: true, value: null };
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) return refused(`it is not valid YAML (${problem.code})`);
  try {
    return { ok: true, value: document.toJS({ maxAliasCount: 0 }) };
  } catch {
    return refused('it uses YAML anchors and aliases');
  }
}

function refused(problem: string): YamlReading {
  return { ok: false, problem };
}
