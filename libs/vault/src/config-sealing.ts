import { parseConfigJson } from './config-json.js';
import { referenceFaults } from './credential-references.js';
import { checkStoredLength, isJsonObject, type JsonObject, type JsonValue } from './json-column.js';
import type { LiteralSealer, LiteralSpot } from './literal-sealer.js';
import { type ServerConfigFaults, shortened } from './server-config.errors.js';

/**
 * The text to store for a configuration that a user sent; the text itself when it has no literals.
 * `patch` says that it is a binding's override, in which a header may be null.
 */
export function sealConfig(text: string, patch: boolean, sealer: LiteralSealer, faults: ServerConfigFaults): string {
  const field = patch ? 'config_override_json' : 'config_json';
  const { config } = parseConfigJson(text, { field, patch });
  const stored = new ConfigSealing(sealer, faults, field).store(config);
  return stored === undefined ? text : checkStoredLength(JSON.stringify(stored), field, faults);
}

/** Walks one configuration object. */
class ConfigSealing {
  #changed = false;

  constructor(
    private readonly sealer: LiteralSealer,
    private readonly faults: ServerConfigFaults,
    private readonly field: string,
  ) {}

  /** The configuration with placeholders; undefined when it has no literals. */
  store(config: JsonObject): JsonObject | undefined {
    this.#checkKeys('', Object.keys(config));
    const entries = Object.entries(config).map(([key, value]): [string, JsonValue] => [
      key,
      key === 'headers' && isJsonObject(value) ? this.#headers(value) : this.#member([key], value),
    ]);
    return this.#changed ? Object.fromEntries(entries) : undefined;
  }

  #headers(headers: JsonObject): JsonObject {
    const entries = Object.entries(headers).map(([name, value]): [string, JsonValue] => {
      if (typeof value !== 'string') return [name, value];
      const spot = { path: `headers:${name.toLowerCase()}`, name, field: `${this.field}.headers.${name}` };
      return [name, this.#string(value, spot)];
    });
    return Object.fromEntries(entries);
  }

  #member(keys: readonly string[], value: JsonValue): JsonValue {
    if (typeof value === 'string') {
      const path = `config:${keys.map(encodeKey).join('.')}`;
      return this.#string(value, { path, name: keys.join('_'), field: `${this.field}.${keys.join('.')}` });
    }
    if (Array.isArray(value)) return value.map((item, index) => this.#member([...keys, String(index)], item));
    if (!isJsonObject(value)) return value;
    this.#checkKeys(`.${keys.join('.')}`, Object.keys(value));
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.#member([...keys, key], item)]));
  }

  #string(value: string, spot: LiteralSpot): string {
    const stored = this.sealer.store(value, spot);
    this.#changed ||= stored !== value;
    return stored;
  }

  // Keys are stored as sent and never rendered: a reference in one is a mistake, a placeholder a trick.
  #checkKeys(at: string, keys: readonly string[]): void {
    for (const key of keys) {
      if (!key.includes('{{')) continue;
      this.faults.addAll(referenceFaults(key, shortened(`${this.field}${at}.${key}`)));
    }
  }
}

// A lone % is the empty key: encoded keys have hexadecimal digits after it.
function encodeKey(key: string): string {
  return key === '' ? '%' : encodeURIComponent(key).replaceAll('.', '%2E');
}
