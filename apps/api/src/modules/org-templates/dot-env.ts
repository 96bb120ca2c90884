/** What a .env file says, and what in it was not taken. */
export interface DotEnv {
  values: ReadonlyMap<string, string>;
  /** Names that can be no variable's, in the order of the file and shortened; lines without a name are not told of. */
  refused: string[];
}

const variable = /^[A-Z][A-Z0-9_]{0,127}$/;
const mostVariables = 200;

/**
 * Reads `NAME=value` lines: `export` before a name, quotes around a value, comments. Nothing in a value is replaced. The last
 * line of a name counts; an empty value is none.
 */
export function readDotEnv(text: string): DotEnv {
  const values = new Map<string, string>();
  const refused: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, name = '', rest = ''] = /^\s*(?:export\s+)?([^\s=#]+)\s*=(.*)$/.exec(line) ?? [];
    if (name === '') continue;
    const isTaken = variable.test(name) && (values.has(name) || values.size < mostVariables);
    if (isTaken) values.set(name, readValue(rest.trim()));
    else if (refused.length < mostVariables) refused.push(name.replace(/[^\w.-]/g, '?').slice(0, 128));
  }
  for (const [name, value] of values) if (value === '') values.delete(name);
  return { values, refused };
}

function readValue(text: string): string {
  const quoted = /^"((?:[^"\\]|\\.)*)"|^'([^']*)'/.exec(text);
  if (quoted?.[2] !== undefined) return quoted[2];
  if (quoted?.[1] !== undefined) return quoted[1].replace(/\\(.)/g, (_, each: string) => escapes[each] ?? each);
  return text.replace(/\s+#.*$/, '');
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
