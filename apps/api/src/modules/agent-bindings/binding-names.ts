import { AppError } from '#kernel';
import { parseConfigJson, parseEnvJson } from '#vault';
import { agentBindingErrors } from './agent-bindings.errors.js';

type Field = 'cred_header' | 'env_var_name';

const refusals: Record<Field, { malformed: string; reserved: string }> = {
  cred_header: {
    malformed: 'cred_header is not a valid HTTP header name',
    reserved: 'cred_header names a header that the client sets itself; choose another',
  },
  env_var_name: {
    malformed: 'env_var_name must be letters, digits and _, not starting with a digit',
    reserved: 'env_var_name names a variable that may not carry a credential; choose another',
  },
};

/** @throws AppError 400 unless a credential may be sent in a header of this name. */
export function requireHeaderName(name: string): void {
  judged('cred_header', () => parseConfigJson(JSON.stringify({ headers: { [name]: '' } })));
}

/** @throws AppError 400 unless a credential may be put into a variable of this name. */
export function requireVariableName(name: string): void {
  judged('env_var_name', () => parseEnvJson(JSON.stringify({ [name]: '{{credential:any}}' })));
}

// The rules for names are those of `config_json` and `env_json`; only the sentence is about another member.
function judged(field: Field, judge: () => unknown): void {
  try {
    judge();
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    const code = cause.fields[0]?.code === 'name_not_allowed' ? 'name_not_allowed' : 'invalid_name';
    const reason = code === 'name_not_allowed' ? refusals[field].reserved : refusals[field].malformed;
    throw agentBindingErrors.fieldInvalid({ params: { reason }, fields: [{ field, code, message: reason }] });
  }
}
