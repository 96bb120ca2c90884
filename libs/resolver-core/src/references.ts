import type { Reference } from './explanation.types.js';
import { isJsonObject, parsedOrNull } from './json.js';
import type { EffectiveServer } from './resolution.types.js';
import { crewRowsOf } from './row-index.js';
import type { CredentialRow, ResolutionInput } from './rows.types.js';
import { judgeCredential } from './settle-credential.js';

const placeholder = /\{\{credential:([^{}]+)\}\}/g;

/** Names of the credentials that a text refers to as `{{credential:name}}`, each once, in order of appearance. */
export function referencedNames(text: string): string[] {
  if (!text.includes('{{credential:')) return [];
  const names = Array.from(text.matchAll(placeholder), (match) => (match[1] ?? '').trim());
  return [...new Set(names)];
}

/** The same for the strings inside a JSON text, where a name may be written with escapes. */
export function referencedNamesInJson(text: string): string[] {
  return [...new Set(referencedNames(text).map(unescaped))];
}

/** The credentials an input refers to, so that the caller can load exactly those into `credentials`. */
export function credentialsNeeded(input: Omit<ResolutionInput, 'credentials'>): { ids: string[]; names: string[] } {
  const ids = new Set<string>();
  const names = new Set<string>();
  const note = (found: readonly string[]) => {
    for (const name of found) names.add(name);
  };
  for (const row of [...input.workspaceServers, ...crewRowsOf(input)]) {
    if (row.credentialId !== null) ids.add(row.credentialId);
    note(referencedNames(row.endpoint ?? ''));
    for (const text of [row.argsJson, row.envJson, row.configJson]) note(referencedNamesInJson(text ?? ''));
  }
  for (const { credentialId, configOverrideJson } of input.bindings) {
    if (credentialId !== null) ids.add(credentialId);
    note(referencedNamesInJson(configOverrideJson ?? ''));
  }
  if (input.managed.connector !== null) ids.add(input.managed.connector.credentialId);
  return { ids: [...ids], names: [...names] };
}

/** Every reference in a server's effective settings with its state, in the order endpoint, arguments, environment, headers. */
export function referencesOf(
  server: EffectiveServer,
  credentialsByName: ReadonlyMap<string, CredentialRow>,
  now: Date,
): Reference[] {
  const found: [Reference['field'], string[]][] = [
    ['endpoint', referencedNames(server.endpoint ?? '')],
    ['argsJson', referencedNamesInJson(server.argsJson ?? '')],
    ['envJson', referencedNamesInJson(server.envJson ?? '')],
    ['headers', namesInHeaders(server.configJson)],
  ];
  return found.flatMap(([field, names]) =>
    names.map((name) => ({ name, field, state: stateOf(credentialsByName.get(name), now) })),
  );
}

function stateOf(row: CredentialRow | undefined, now: Date): Reference['state'] {
  if (row === undefined) return 'unknown';
  return judgeCredential(row, now).state === 'usable' ? 'known' : 'unusable';
}

function namesInHeaders(configJson: string | null): string[] {
  if (configJson === null) return [];
  const config = parsedOrNull(configJson);
  if (!isJsonObject(config) || !isJsonObject(config.headers)) return [];
  const values = Object.values(config.headers).filter((value) => typeof value === 'string');
  return [...new Set(values.flatMap(referencedNames))];
}

function unescaped(name: string): string {
  if (!name.includes('\\')) return name;
  const parsed = parsedOrNull(`"${name}"`);
  return typeof parsed === 'string' ? parsed : name;
}
