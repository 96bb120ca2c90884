import { variableNameFault } from '../server-settings/credential-naming-rules.js';
import { agentCredentialErrors } from './agent-credentials.errors.js';

/**
 * The name in upper case with underscores for hyphens.
 * @throws AppError 400 when that is no variable's name,
 * or one of the platform’s, or one that changes which programs run, such as `LD_PRELOAD`.
 */
export function canonicalEnvVar(name: string): string {
  const canonical = name.trim().toUpperCase().replaceAll('-', '_');
  if (!/^[A-Z_][A-Z0-9_]{0,254}$/.test(canonical)) throw agentCredentialErrors.invalidEnvVar();
  if (variableNameFault(canonical)) throw agentCredentialErrors.deniedEnvVar({ params: { name: canonical } });
  return canonical;
}

/** A name for a credential that reaches an agent without one: its own name, other characters as underscores. */
export function envVarOfName(credentialName: string): string {
  const name = credentialName
    .trim()
    .toUpperCase()
    .replace(/[^A-Z0-9_]/g, '_')
    .slice(0, 254);
  return /^[0-9]/.test(name) ? `_${name}` : name;
}
