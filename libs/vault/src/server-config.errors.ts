import { type AppError, defineErrors, type FieldError } from '#kernel';

/** What may be wrong with the environment, arguments and configuration of an MCP server. */
export const serverConfigErrors = defineErrors('server_config', {
  invalid: { kind: 'invalid', message: '{reason}' },
});

/** Gathers the faults of a server's configuration, so that one answer names them all. */
export class ServerConfigFaults {
  readonly #fields: FieldError[] = [];

  /** Notes a fault; `message` must not repeat a value that was sent. */
  add(field: string, code: string, message: string): void {
    this.#fields.push({ field: shortened(field), code, message });
  }

  /** Notes faults that are ready made. */
  addAll(fields: readonly FieldError[]): void {
    for (const { field, code, message } of fields) this.add(field, code, message);
  }

  /** Notes a fault that makes looking further pointless. */
  raise(field: string, code: string, message: string): never {
    this.add(field, code, message);
    throw this.#error();
  }

  /** @throws AppError `server_config.invalid` (400) when there are faults; its sentence is that of the first. */
  throwIfAny(): void {
    if (this.#fields.length > 0) throw this.#error();
  }

  #error(): AppError {
    const [first] = this.#fields;
    const reason = first === undefined ? 'The configuration is not valid' : first.message;
    return serverConfigErrors.invalid({ params: { reason }, fields: this.#fields });
  }
}

/** A field's path, short enough to be shown: keys come from the caller. */
export function shortened(field: string): string {
  const printable = field.replace(/\p{Cc}/gu, '?');
  return printable.length > 200 ? `${printable.slice(0, 200)}…` : printable;
}
