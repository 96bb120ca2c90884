import type { Secret } from '#kernel';
import { sealConfig } from './config-sealing.js';
import { sealEnv } from './env-sealing.js';
import { type EarlierLiterals, LiteralSealer } from './literal-sealer.js';
import { type LiteralOwner, type LiteralPath, listPlaceholders } from './sealed-placeholders.js';
import { ServerConfigFaults } from './server-config.errors.js';

/** The two JSON columns that may hold literals. Undefined: not in the request; null: cleared. */
export interface LiteralTexts {
  env_json?: string | null;
  /** `config_json` of a server, `config_override_json` of a binding. */
  config_json?: string | null;
}

/** What to store, and what to seal beside it. */
export interface ExtractedLiterals {
  /** As sent, byte for byte, unless a literal was taken out or kept; then serialised anew with placeholders. */
  env_json?: string | null;
  /** Likewise. */
  config_json?: string | null;
  /** New secrets by path. */
  literals: ReadonlyMap<LiteralPath, Secret>;
  /** Paths sent as `***`: their earlier value stays. */
  kept: ReadonlySet<LiteralPath>;
  /** Columns that the request gave. Earlier literals of these that are not in `kept` are gone. */
  given: { env: boolean; config: boolean };
}

/** No literals yet: for rows that are being created. */
export const noLiterals: EarlierLiterals = { hasPath: () => false };

/** The literals of a row as its stored columns tell, without opening the sealed one. Other rows' do not count. */
export function earlierLiterals(stored: LiteralTexts, owner: LiteralOwner): EarlierLiterals {
  const placeholders = [stored.env_json, stored.config_json].flatMap((text) => listPlaceholders(text ?? ''));
  const own = placeholders.filter((found) => found.owner.kind === owner.kind && found.owner.rowId === owner.rowId);
  const paths = new Set(own.map((found) => found.path));
  return { hasPath: (path) => paths.has(path) };
}

/**
 * Checks `env_json` and `config_json` as a user sent them and takes the secret literals out. Judged are the values of the
 * environment, of `headers`, and every other string of the configuration at any depth, there with the keys around it
 * (`credentials.value` is a secret, `credentials.user` is not). See `looksSecret` for the rule. Numbers are never sealed.
 *
 * `***` keeps the value of the same path and no other: renaming a variable, or moving an element of an array, needs the
 * value again. Errors of a binding name `config_override_json`.
 * @throws AppError `server_config.invalid` (400) listing malformed columns and references, `***` without an earlier
 * value, references mixed with a secret, and placeholders of ours, which a user must not send.
 */
export function extractLiterals(texts: LiteralTexts, owner: LiteralOwner, previous = noLiterals): ExtractedLiterals {
  const faults = new ServerConfigFaults();
  const sealer = new LiteralSealer(owner, previous, faults);
  const { env_json: env, config_json: config } = texts;
  const sealed = {
    env_json: typeof env === 'string' ? sealEnv(env, sealer, faults) : env,
    config_json: typeof config === 'string' ? sealConfig(config, owner.kind === 'binding', sealer, faults) : config,
  };
  faults.throwIfAny();
  const given = { env: env !== undefined, config: config !== undefined };
  return { ...sealed, literals: sealer.literals, kept: sealer.kept, given };
}

/** The literals of a row after a write: the new ones, the kept ones, and those of columns that the request left alone. */
export function mergeLiterals(
  earlier: ReadonlyMap<LiteralPath, Secret>,
  extracted: ExtractedLiterals,
): Map<LiteralPath, Secret> {
  const { given, kept, literals } = extracted;
  const staying = [...earlier].filter(([path]) => {
    const replaced = path.startsWith('env:') ? given.env : given.config;
    return !replaced || kept.has(path);
  });
  return new Map([...staying, ...literals]);
}
