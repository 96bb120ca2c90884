import { hasReference } from './credential-references.js';
import { isJsonObject, type JsonValue, parseJsonColumn } from './json-column.js';
import { ServerConfigFaults, shortened } from './server-config.errors.js';

const nameShape = /^[A-Za-z_][A-Za-z0-9_]*$/;

// Variables by which a loader, an interpreter or a shell runs code of the caller's choosing. Compared without case:
// npm takes its own in both, and Windows knows no case at all.
const deniedNames = new Set(
  `PATH IFS BASH_ENV BASHOPTS SHELLOPTS PROMPT_COMMAND PS4 NODE_OPTIONS NODE_PATH NODE_REPL_EXTERNAL_MODULE
  NPM_CONFIG_NODE_OPTIONS NPM_CONFIG_SCRIPT_SHELL PYTHONPATH PYTHONHOME PYTHONSTARTUP PYTHONINSPECT PERL5LIB PERLLIB
  PERL5OPT PERL5DB RUBYOPT RUBYLIB JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS CLASSPATH GCONV_PATH
  GIT_SSH_COMMAND GIT_EXEC_PATH`.split(/\s+/),
);
const deniedPrefixes = ['LD_', 'DYLD_', 'GIT_CONFIG'];

// The platform's own variables. The reference systems also keep credentials out of JWT_, DATABASE_ and OLLAMA_, but
// only because they guessed a credential from the variable's name. A reference names its credential, and servers for
// databases do want DATABASE_URL.
const platformPrefixes = ['CREWSHIP_', 'INTERNAL_', 'NEXTAUTH_', 'ENCRYPTION_'];

/** Whether a variable could change which code a server process runs, and is therefore refused. */
export function isDeniedEnvName(name: string): boolean {
  const upper = name.toUpperCase();
  return deniedNames.has(upper) || deniedPrefixes.some((prefix) => upper.startsWith(prefix));
}

/** Whether a variable is one of the platform's own, which take no credential. */
export function isPlatformEnvName(name: string): boolean {
  const upper = name.toUpperCase();
  return platformPrefixes.some((prefix) => upper.startsWith(prefix));
}

/**
 * Reads `env_json`: a JSON object of strings, at most 64 KiB. Blank text is an empty environment. A map, because a
 * variable may be called `constructor`.
 *
 * Names are `[A-Za-z_][A-Za-z0-9_]*`. Refused are names that make a process run other code ({@link isDeniedEnvName}), and
 * credential references in variables of the platform itself (`CREWSHIP_`, `INTERNAL_`, `NEXTAUTH_`, `ENCRYPTION_`).
 * @throws AppError `server_config.invalid` (400) that lists every fault.
 */
export function parseEnvJson(text: string, field = 'env_json'): Map<string, string> {
  if (text.trim() === '') return new Map();
  const value = parseJsonColumn(text, field);
  const faults: ServerConfigFaults = new ServerConfigFaults();
  if (!isJsonObject(value))
    faults.raise(field, 'wrong_type', `${field} must be a JSON object of environment variables`);
  const env = new Map<string, string>();
  for (const [name, item] of Object.entries(value)) {
    if (isVariable(name, item, `${field}.${name}`, faults)) env.set(name, item);
  }
  faults.throwIfAny();
  return env;
}

// Says whether the value is a string; whatever else is wrong is noted.
function isVariable(name: string, item: JsonValue, rawField: string, faults: ServerConfigFaults): item is string {
  const field = shortened(rawField);
  if (!nameShape.test(name)) {
    faults.add(
      field,
      'invalid_name',
      `${field}: a variable's name is letters, digits and _, not starting with a digit`,
    );
  } else if (isDeniedEnvName(name)) {
    faults.add(field, 'name_not_allowed', `${field} may not be set: it changes which code the server runs`);
  }
  if (typeof item !== 'string') {
    faults.add(field, 'wrong_type', `${field} must be a string; put numbers and true or false in quotes`);
    return false;
  }
  if (item.includes('\0')) faults.add(field, 'invalid_value', `${field} has a NUL character; remove it`);
  if (isPlatformEnvName(name) && hasReference(item)) {
    faults.add(field, 'name_not_allowed', `${field} is a variable of the platform and takes no credential; rename it`);
  }
  return true;
}
