import { serverSettingsErrors } from './server-settings.errors.js';
import type { Transport } from './server-settings.types.js';

/** The part of a server's settings that says how it is reached. */
export interface Connection {
  transport: Transport;
  endpoint: string | null;
  command: string | null;
}

/**
 * Checks that a server can be reached as its transport needs.
 * @throws AppError 400 with the sentence of seed 000 when the endpoint or the command is missing.
 */
export function requireConnection({ transport, endpoint, command }: Connection): void {
  if (transport === 'streamable-http' && isBlank(endpoint)) {
    throw serverSettingsErrors.endpointRequired({ fields: [fault('endpoint', 'streamable-http')] });
  }
  if (transport === 'stdio' && isBlank(command)) {
    throw serverSettingsErrors.commandRequired({ fields: [fault('command', 'stdio')] });
  }
}

/** A text as it is stored: a blank one is none. */
export function blankToNull(text: string | null | undefined): string | null {
  return text === undefined || isBlank(text) ? null : text;
}

/** The same for a member of a PATCH body: undefined, which means "not given", stays so. */
export function blankToNullIfGiven(text: string | null | undefined): string | null | undefined {
  return text === undefined ? undefined : blankToNull(text);
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === '';
}

function fault(field: string, transport: Transport) {
  return { field, code: 'required', message: `${field} is required for ${transport} transport` };
}
