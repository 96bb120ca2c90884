import { AppError, type AppErrorOptions, type ErrorKind } from './app-error.js';

/** What one entry of an error catalogue says: its kind and its public sentence. */
export interface ErrorDefinition {
  kind: ErrorKind;
  /** The public sentence. `{name}` is replaced from the `params` given when the error is made. */
  message: string;
}

/** What may be said when an error of a catalogue is made. */
export interface ErrorArguments extends AppErrorOptions {
  /** Values for the `{name}` places of the sentence. Public: never a secret. */
  params?: Readonly<Record<string, string | number>>;
}

/** Makes an error of one catalogue entry. */
export type ErrorFactory = (options?: ErrorArguments) => AppError;

/** The factories of one feature, by camelCase name. */
export type ErrorCatalogue<K extends string> = Readonly<Record<K, ErrorFactory>> & {
  /** Every code of the catalogue with its kind, for the published contract. */
  readonly definitions: ReadonlyMap<string, ErrorDefinition>;
};

const everyCode = new Map<string, ErrorDefinition>();

/** Every error code that the loaded modules define, for documentation and the test that codes are unique. */
export function allErrorCodes(): ReadonlyMap<string, ErrorDefinition> {
  return everyCode;
}

/**
 * Defines the errors of one area. The code of `notFound` in area `credential` is `credential.not_found`.
 * @throws Error at load time when a code is defined twice.
 */
export function defineErrors<K extends string>(area: string, entries: Record<K, ErrorDefinition>): ErrorCatalogue<K> {
  const definitions = new Map<string, ErrorDefinition>();
  const factories: Partial<Record<K, ErrorFactory>> = {};
  for (const name of Object.keys(entries) as K[]) {
    const definition = entries[name];
    const code = `${area}.${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
    if (everyCode.has(code)) throw new Error(`error code ${code} is defined twice`);
    everyCode.set(code, definition);
    definitions.set(code, definition);
    factories[name] = (options = {}) =>
      new AppError(code, definition.kind, fill(definition.message, options.params ?? {}), options);
  }
  return Object.freeze({ ...(factories as Record<K, ErrorFactory>), definitions });
}

function fill(sentence: string, params: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(params[name] ?? place));
}
