import type { RegistryInput, RegistryRemote } from './registry-entry.schema.js';

const braced = /\{([A-Za-z_][A-Za-z0-9_.-]{0,99})\}/g;

/** One piece of a template: text as it stands, or the name of a variable. */
export type TemplateToken = { text: string } | { variable: string };

/** Cuts a template such as `Bearer {token}` into its pieces. `{{…}}` is somebody else's and stays text. */
export function templateTokens(template: string): TemplateToken[] {
  const tokens: TemplateToken[] = [];
  let from = 0;
  for (const { 0: whole, 1: variable = '', index } of template.matchAll(braced)) {
    if (template[index - 1] === '{' || template[index + whole.length] === '}') continue;
    if (index > from) tokens.push({ text: template.slice(from, index) });
    tokens.push({ variable });
    from = index + whole.length;
  }
  if (from < template.length) tokens.push({ text: template.slice(from) });
  return tokens;
}

/** The names of a template's variables, each once. */
export function variablesOf(template: string): string[] {
  return [...new Set(templateTokens(template).flatMap((token) => ('variable' in token ? [token.variable] : [])))];
}

/** A variable that its publisher uses without saying anything of it. */
export function undeclared(facts: Pick<RegistryInput, 'isSecret'>): RegistryInput {
  return {
    description: '',
    isRequired: true,
    format: 'string',
    value: null,
    default: null,
    placeholder: '',
    choices: [],
    ...facts,
  };
}

/** The variables of a remote's URL: the declared ones, and those that only the URL names, which are required. */
export function urlVariables({ url, variables }: RegistryRemote): Record<string, RegistryInput> {
  const missing = variablesOf(url).filter((name) => !Object.hasOwn(variables, name));
  const used = Object.fromEntries(missing.map((name) => [name, undeclared({ isSecret: false })]));
  return { ...used, ...variables };
}
