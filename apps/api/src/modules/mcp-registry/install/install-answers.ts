import type { FieldError } from '#kernel';
import type { RegistryVariableResponse } from '../dto/registry-input.response.js';
import { toVariable } from '../mcp-registry.mapper.js';
import type { RegistryInput, RegistryTemplate } from '../registry-entry.schema.js';
import { templateTokens, undeclared } from '../registry-variables.js';

/** A piece of a text that is put together for a server. */
export interface Piece {
  text: string;
  /** The variable whose secret this is; null for text that may be seen. */
  secret: string | null;
  /** Whether the one who installs gave it; else the publisher did. */
  given: boolean;
}

/** An input by the name that its value is given under. */
interface NamedTemplate {
  name: string;
  template: RegistryTemplate;
}

const reference = /^\{\{\s*credential:[^{}]+\}\}$/i;

/** The values that somebody gives for a server's inputs, and what is wrong with them. */
export class InstallAnswers {
  readonly #given: ReadonlyMap<string, string>;
  readonly #asked = new Map<string, RegistryVariableResponse>();
  readonly #faults = new Map<string, FieldError>();

  constructor(given: Readonly<Record<string, string>>) {
    this.#given = new Map(Object.entries(given));
  }

  /** What is missing or cannot be used, one fault a variable. Ask after every input was read. */
  get faults(): FieldError[] {
    const strangers = [...this.#given.keys()].filter((name) => !this.#asked.has(name));
    return [
      ...this.#faults.values(),
      ...strangers.map((name) => faultOf(name, 'unknown', 'is no variable of this server')),
    ];
  }

  /** Every variable that was asked for so far. */
  get asked(): RegistryVariableResponse[] {
    return [...this.#asked.values()];
  }

  /** Notes that a variable is asked for, and answers its value: given, else the default, else null. */
  read(name: string, input: RegistryInput): Piece | null {
    if (!this.#asked.has(name)) this.#asked.set(name, toVariable(name, input));
    const given = this.#given.get(name) || null;
    const value = given ?? input.default;
    if (value === null) {
      if (input.isRequired) this.#faults.set(name, faultOf(name, 'required', 'is required'));
      return null;
    }
    const isReference = given !== null && reference.test(value);
    const fault = isReference ? null : valueFault(value, input);
    if (fault !== null) this.#faults.set(name, faultOf(name, 'invalid_value', fault));
    return { text: value, secret: input.isSecret && !isReference ? name : null, given: given !== null };
  }

  /**
   * The text of a header, variable or argument: fixed by the publisher with variables filled in, or given as a whole.
   * Null when it is left out. Where the whole is a secret, so are its variables. With `strict`, a variable that the
   * publisher only names is required; otherwise its braces stay.
   */
  fill({ name, template }: NamedTemplate, strict: boolean): Piece[] | null {
    if (template.value === null) {
      const piece = this.read(name, template);
      return piece && [piece];
    }
    const pieces = templateTokens(template.value).map((token): Piece | null => {
      if ('text' in token) return plain(token.text);
      const { variable } = token;
      const declared = Object.hasOwn(template.variables, variable) ? template.variables[variable] : undefined;
      if (!declared && !strict) return plain(`{${variable}}`);
      const input = declared ?? undeclared({ isSecret: true });
      return this.read(variable, { ...input, isSecret: input.isSecret || template.isSecret });
    });
    const filled = pieces.filter((piece) => piece !== null);
    return filled.length === pieces.length ? filled : null;
  }
}

/** Text of the publisher's, or of ours, that may be seen. */
export function plain(text: string): Piece {
  return { text, secret: null, given: false };
}

/**
 * Whether a text refers to a credential, or to anything else in double braces, in words that are not wholly those of the
 * one who installs: a publisher could have any credential of the workspace sent to a server of its own.
 */
export function borrows(text: readonly Piece[]): boolean {
  const words = text.map((piece) => {
    if (piece.secret !== null) return '\0';
    return piece.given ? piece.text.replace(/\{\{[^{}]*\}\}/g, '\0') : piece.text;
  });
  return words.join('').includes('{{');
}

function valueFault(value: string, { choices, format }: RegistryInput): string | null {
  if (choices.length > 0 && !choices.includes(value)) return `must be one of ${choices.slice(0, 20).join(', ')}`;
  if (format === 'number' && !/^-?\d+(\.\d+)?$/.test(value)) return 'must be a number';
  if (format === 'boolean' && value !== 'true' && value !== 'false') return 'must be true or false';
  return null;
}

function faultOf(name: string, code: string, complaint: string): FieldError {
  const field = `variables.${name}`;
  return { field, code, message: `${field} ${complaint}` };
}
