import { headerNameFault, type NamingFault, variableNameFault } from '../server-settings/credential-naming-rules.js';
import { agentBindingErrors } from './agent-bindings.errors.js';

/** @throws AppError 400 unless a credential may be sent in a header of this name. */
export function requireHeaderName(name: string): void {
  refuse(headerNameFault(name));
}

/** @throws AppError 400 unless a credential may be put into a variable of this name. */
export function requireVariableName(name: string): void {
  refuse(variableNameFault(name));
}

function refuse(fault: NamingFault | null): void {
  if (fault === null) return;
  throw agentBindingErrors.fieldInvalid({ params: { reason: fault.message }, fields: [fault] });
}
