import type { GivenCredential } from './server-credential.service.js';
import type { CredType, ServerSettings } from './server-settings.types.js';

/** The settings among the members of a body. */
export function settingsOf(body: {
  args_json?: string | null;
  env_json?: string | null;
  config_json?: string | null;
}): ServerSettings {
  return { argsJson: body.args_json, envJson: body.env_json, configJson: body.config_json };
}

/** What a body says about the credential. */
export function credentialOf(body: {
  credential_id?: string | null;
  cred_type?: CredType | null;
  cred_header?: string | null;
  env_var_name?: string | null;
}): GivenCredential {
  return {
    credentialId: body.credential_id,
    credType: body.cred_type,
    credHeader: body.cred_header,
    envVarName: body.env_var_name,
  };
}
