import { parseEnvJson } from './env-json.js';
import { checkStoredLength } from './json-column.js';
import type { LiteralSealer } from './literal-sealer.js';
import type { ServerConfigFaults } from './server-config.errors.js';

/** The text to store for an `env_json` that a user sent; the text itself when it has no literals. */
export function sealEnv(text: string, sealer: LiteralSealer, faults: ServerConfigFaults): string {
  const sent = [...parseEnvJson(text)];
  const stored = sent.map(([name, value]): [string, string] => [
    name,
    sealer.store(value, { path: `env:${name}`, name, field: `env_json.${name}` }),
  ]);
  if (stored.every(([, value], index) => value === sent[index]?.[1])) return text;
  return checkStoredLength(JSON.stringify(Object.fromEntries(stored)), 'env_json', faults);
}
