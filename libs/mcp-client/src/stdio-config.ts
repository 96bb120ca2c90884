import { z } from 'zod';
import { splitCommandLine } from './command-line.js';

/** Why a stdio command cannot work, or null. The command must be one executable; arguments have a field of their own. */
export function findCommandFault(command: string | null): string | null {
  const words = splitCommandLine((command ?? '').trim());
  if (words === null) return 'command has a quote or backslash that is not closed';
  if (words.every((word) => word === '')) return 'stdio server has no command configured';
  if (words.length > 1) {
    return 'command looks like a full launch line; put only the executable in command and its arguments in args_json';
  }
  return /\p{Cc}/u.test(words.join()) ? 'command holds control characters' : null;
}

const args = z.array(z.string().refine((value) => !value.includes('\0')));

/** The arguments of a stored `args_json`, or null when it is not a JSON array of strings. Blank means none. */
export function parseArgs(argsJson: string | null): string[] | null {
  return argsJson === null || argsJson.trim() === '' ? [] : (args.safeParse(parseJson(argsJson)).data ?? null);
}

/** Why `args_json` cannot work, or null. */
export function findArgsFault(argsJson: string | null): string | null {
  return parseArgs(argsJson) === null ? 'args_json is not a valid JSON array of strings' : null;
}

const env = z.record(z.string(), z.string());

// Each of these makes an interpreter, the loader or a shell run or load something other than the command.
const deniedEnv =
  /^(PATH|IFS|ENV|BASH_ENV|SHELLOPTS|BASHOPTS|PROMPT_COMMAND|PS4|LD_.*|DYLD_.*|GCONV_PATH|NODE_OPTIONS|NODE_PATH|NPM_CONFIG_.*|PYTHON(PATH|HOME|STARTUP|INSPECT|USERBASE)|PERL5?(OPT|LIB|DB)|RUBY(OPT|LIB)|JAVA_TOOL_OPTIONS|_?JAVA_OPTIONS|JDK_JAVA_OPTIONS|CLASSPATH|DOTNET_STARTUP_HOOKS|GIT_(SSH|SSH_COMMAND|EXEC_PATH|CONFIG.*))$/i;

/** Why `env_json` cannot be given to a server, or null. Blank means none. Names the variable, never its value. */
export function findEnvFault(envJson: string | null): string | null {
  if (envJson === null || envJson.trim() === '') return null;
  const parsed = env.safeParse(parseJson(envJson));
  if (!parsed.success) return 'env_json is not a valid JSON object of strings';
  for (const [name, value] of Object.entries(parsed.data)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(name)) {
      return 'env_json has a variable whose name is not made of letters, digits and underscores';
    }
    if (deniedEnv.test(name)) return `env_json may not set ${name}, which changes what the command runs`;
    if (value.includes('\0')) return `the value of ${name} in env_json holds a NUL character`;
  }
  return null;
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
