import { inspect } from 'node:util';

/** A value that must not be printed. Logs, JSON, templates and the inspector show `[secret]`; only `reveal()` gives it. */
export class Secret {
  readonly #plain: string;

  constructor(plain: string) {
    this.#plain = plain;
  }

  /** The value itself. Called at the last moment, by the code that hands it to a provider or a runtime. */
  reveal(): string {
    return this.#plain;
  }

  toJSON(): string {
    return '[secret]';
  }

  toString(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}
