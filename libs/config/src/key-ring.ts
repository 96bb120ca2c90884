import { Secret } from '#kernel';
import type { VariableProblem } from './config-errors.js';
import { exampleOf } from './environment.schema.js';

/** The keys that secrets are sealed with, by version. A version once used stays until nothing is sealed with it. */
export interface KeyRing {
  /** The version that new secrets are sealed with. */
  readonly currentVersion: number;
  /** Hexadecimal keys of 32 bytes. `ENCRYPTION_KEY` is version 1, `ENCRYPTION_KEY_V<n>` is version n. */
  readonly keys: ReadonlyMap<number, Secret>;
}

const numbered = /^ENCRYPTION_KEY_V(\d+)$/;
const wellFormed = /^[0-9a-fA-F]{64}$/;

/** A record of variables as a process has them. */
export type RawEnvironment = Readonly<Record<string, string | undefined>>;

/** Reads every encryption key of the environment and says which of them, or which current version, cannot be used. */
export function readKeyRing(env: RawEnvironment): { ring: KeyRing; problems: VariableProblem[] } {
  const problems: VariableProblem[] = [];
  const keys = new Map<number, Secret>();
  for (const [variable, text] of Object.entries(env)) {
    if (!text || (variable !== 'ENCRYPTION_KEY' && !numbered.test(variable))) continue;
    const version = variable === 'ENCRYPTION_KEY' ? 1 : Number(numbered.exec(variable)?.[1]);
    const wrong = wrongKey(variable, version, text);
    if (wrong) problems.push({ variable, wrong, example: exampleOf('ENCRYPTION_KEY') });
    else keys.set(version, new Secret(text.toLowerCase()));
  }
  const currentVersion = currentKeyVersion(env);
  const wrong = wrongVersion(env.CREWSHIP_ENCRYPTION_KEY_VERSION || '1', currentVersion, keys, problems);
  if (wrong) problems.push({ variable: 'CREWSHIP_ENCRYPTION_KEY_VERSION', wrong, example: '2' });
  return { ring: { currentVersion, keys }, problems };
}

/** The version that new secrets are to be sealed with; 1 where the variable says nothing usable. */
export function currentKeyVersion(env: RawEnvironment): number {
  const asked = env.CREWSHIP_ENCRYPTION_KEY_VERSION || '1';
  return /^v?([1-9]\d?)$/.test(asked) ? Number(asked.replace('v', '')) : 1;
}

/** Whether the key is one that anybody would guess: a repeated pattern or an even row of bytes, as examples have. */
export function isGuessableKey(hex: string): boolean {
  if (/^(.{1,16})\1+$/.test(hex.toLowerCase()) || /^(.{32})\1$/.test(hex.toLowerCase())) return true;
  const bytes = [...Buffer.from(hex, 'hex')];
  const steps = new Set(bytes.slice(1).map((byte, index) => (byte - (bytes[index] ?? 0)) & 255));
  return steps.size === 1;
}

function wrongKey(variable: string, version: number, text: string): string | null {
  if (variable !== 'ENCRYPTION_KEY' && (version < 2 || version > 99)) return 'must have a number from 2 to 99';
  return wellFormed.test(text) ? null : 'must be 64 hexadecimal characters';
}

function wrongVersion(
  asked: string,
  version: number,
  keys: ReadonlyMap<number, Secret>,
  problems: readonly VariableProblem[],
): string | null {
  if (!/^v?[1-9]\d?$/.test(asked)) return 'must be a number from 1 to 99';
  const said = problems.some((each) => each.variable === `ENCRYPTION_KEY_V${version}`);
  if (version === 1 || keys.has(version) || said) return null;
  return `names a key that is missing: ENCRYPTION_KEY_V${version} is not set`;
}
