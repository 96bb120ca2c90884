import type { Secret } from '#kernel';

/** Where variables come from, nearest first. The environment of this process is never one of them. */
export interface VariableSources {
  /** Of the folder's .env files. */
  files: ReadonlyMap<string, string>;
  /** Secrets of the instance. */
  instance: ReadonlyMap<string, Secret>;
}

/** A text with its variables replaced, or why it cannot be. */
export interface Expansion {
  text: string;
  /** Names that nothing is set for. */
  missing: string[];
  /** Whether a secret of the instance is in it. */
  holdsInstanceSecret: boolean;
}

const reference = /\$\{([A-Za-z_]\w{0,127})\}|\$([A-Za-z_]\w{0,127})/g;

/** The names that a text refers to as `${NAME}` or `$NAME`. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(reference)].map(([, braced, bare]) => braced ?? bare ?? '');
}

/** Replaces every `${NAME}` and `$NAME` of a text, once: what a value holds is not looked at again. */
export function expand(text: string, { files, instance }: VariableSources): Expansion {
  const missing: string[] = [];
  let holdsInstanceSecret = false;
  const expanded = text.replace(reference, (_, braced?: string, bare?: string) => {
    const name = braced ?? bare ?? '';
    const own = files.get(name);
    if (own !== undefined) return own;
    const secret = instance.get(name);
    if (!secret) missing.push(name);
    else holdsInstanceSecret = true;
    return secret?.reveal() ?? '';
  });
  return { text: expanded, missing, holdsInstanceSecret };
}
