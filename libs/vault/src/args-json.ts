import { parseJsonColumn } from './json-column.js';
import { ServerConfigFaults } from './server-config.errors.js';

/**
 * Reads `args_json`: a JSON array of strings, at most 64 KiB; each is one argument, passed without a shell. Blank text is
 * no arguments.
 * @throws AppError `server_config.invalid` (400) that lists every fault.
 */
export function parseArgsJson(text: string, field = 'args_json'): string[] {
  if (text.trim() === '') return [];
  const value = parseJsonColumn(text, field);
  const faults: ServerConfigFaults = new ServerConfigFaults();
  if (!Array.isArray(value)) faults.raise(field, 'wrong_type', `${field} must be a JSON array of strings`);
  const args: string[] = [];
  for (const [index, item] of value.entries()) {
    const at = `${field}.${index}`;
    if (typeof item !== 'string') faults.add(at, 'wrong_type', `${at} must be a string`);
    else if (item.includes('\0')) faults.add(at, 'invalid_value', `${at} has a NUL character; remove it`);
    else args.push(item);
  }
  faults.throwIfAny();
  return args;
}
