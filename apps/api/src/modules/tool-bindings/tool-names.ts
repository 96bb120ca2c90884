import { toolBindingErrors } from './tool-bindings.errors.js';
import type { SeenTool } from './tool-bindings.types.js';

/** Most characters of a tool's name. */
export const maxToolNameLength = 255;

/**
 * The name of a tool as it is stored: without surrounding white space.
 * @throws AppError 400 when it is blank, longer than 255 characters, or has a control character.
 */
export function toToolName(sent: string): string {
  const name = sent.trim();
  if (name === '') {
    const message = 'toolName required';
    throw toolBindingErrors.nameRequired({ fields: [{ field: 'toolName', code: 'required', message }] });
  }
  requireName(name, 'toolName');
  return name;
}

/**
 * The different tools of a list: names trimmed, blank ones left out. Of a name that stands there twice the last
 * description counts.
 * @throws AppError 400 that names the entry whose name cannot be a tool's.
 */
export function distinctTools(sent: readonly { name?: string | null; description?: string | null }[]): SeenTool[] {
  const tools = new Map<string, SeenTool>();
  for (const [index, entry] of sent.entries()) {
    const name = (entry.name ?? '').trim();
    if (name === '') continue;
    requireName(name, `tools.${index}.name`);
    tools.set(name, { name, description: entry.description ?? tools.get(name)?.description ?? null });
  }
  return [...tools.values()];
}

function requireName(name: string, field: string): void {
  if (name.length > maxToolNameLength)
    refuse(field, 'too_long', `must be at most ${maxToolNameLength} characters long`);
  if (/[\p{Cc}\p{Cs}]/u.test(name)) refuse(field, 'control_character', 'must not contain control characters');
}

function refuse(field: string, code: string, complaint: string): never {
  const reason = `${field} ${complaint}`;
  throw toolBindingErrors.nameInvalid({ params: { reason }, fields: [{ field, code, message: reason }] });
}
