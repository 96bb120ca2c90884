import { credentialNamesIn, listReferences, parseJsonColumn } from '#vault';
import type { ServerSettings } from './server-settings.types.js';

/** A credential that a setting refers to by name. */
export interface NamedCredential {
  name: string;
  /** Member of the body that refers to it. */
  field: string;
}

/** The credentials that settings refer to, by field; the settings have been checked before. */
export function listCredentialNames(settings: ServerSettings): NamedCredential[] {
  const texts: [string, string | null | undefined][] = [
    ['args_json', settings.argsJson],
    ['env_json', settings.envJson],
    ['config_json', settings.configJson],
  ];
  const inJson = texts.flatMap(([field, text]) => {
    if (!text?.includes('{{')) return [];
    return credentialNamesIn(parseJsonColumn(text, field)).map((name) => ({ name, field }));
  });
  const inEndpoint = listReferences(settings.endpoint ?? '').map(({ name }) => ({ name, field: 'endpoint' }));
  return [...inEndpoint, ...inJson];
}
