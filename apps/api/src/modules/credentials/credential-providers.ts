const envVars: ReadonlyMap<string, string> = new Map([
  ['GITHUB', 'GH_TOKEN'],
  ['GITLAB', 'GITLAB_TOKEN'],
  ['SLACK', 'SLACK_BOT_TOKEN'],
  ['AWS', 'AWS_ACCESS_KEY_ID'],
]);

const probed: ReadonlySet<string> = new Set([
  'ANTHROPIC',
  'OPENAI',
  'GOOGLE',
  'CURSOR',
  'FACTORY',
  'GITHUB',
  'GITLAB',
  'VERCEL',
]);

/** Environment variable under which a provider's programs look for its token; "" when there is no such habit. */
export function defaultEnvVar(provider: string): string {
  return envVars.get(provider.toUpperCase()) ?? '';
}

/** Whether a value of this provider can be tried out at the provider. */
export function isTestable(provider: string): boolean {
  return probed.has(provider.toUpperCase());
}
