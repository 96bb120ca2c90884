import { AppError } from '#kernel';
import { parseConfigJson, parseEnvJson } from '#vault';

/** Why a credential may not be sent under a name. */
export interface NamingFault {
  field: 'cred_header' | 'env_var_name';
  code: 'invalid_name' | 'name_not_allowed';
  /** A sentence that names the member. */
  message: string;
}

const sentences: Record<NamingFault['field'], Record<NamingFault['code'], string>> = {
  cred_header: {
    invalid_name: 'cred_header is not a valid HTTP header name',
    name_not_allowed: 'cred_header names a header that the client sets itself; choose another',
  },
  env_var_name: {
    invalid_name: 'env_var_name must be letters, digits and _, not starting with a digit',
    name_not_allowed: 'env_var_name names a variable that may not carry a credential; choose another',
  },
};

/** Why no credential may be sent in a header of this name; null when one may. */
export function headerNameFault(name: string): NamingFault | null {
  return judged('cred_header', () => parseConfigJson(JSON.stringify({ headers: { [name]: '' } })));
}

/** Why no credential may be put into a variable of this name; null when one may. */
export function variableNameFault(name: string): NamingFault | null {
  return judged('env_var_name', () => parseEnvJson(JSON.stringify({ [name]: '{{credential:any}}' })));
}

// The rules for names are those of `config_json` and `env_json`; only the sentence is about another member.
function judged(field: NamingFault['field'], judge: () => unknown): NamingFault | null {
  try {
    judge();
    return null;
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    const code = cause.fields[0]?.code === 'name_not_allowed' ? 'name_not_allowed' : 'invalid_name';
    return { field, code, message: sentences[field][code] };
  }
}
