import type { CredentialType } from './credentials.types.js';

const envVars: ReadonlyMap<string, string> = new Map([
  ['GITHUB', 'GH_TOKEN'],
  ['GITLAB', 'GITLAB_TOKEN'],
  ['SLACK', 'SLACK_BOT_TOKEN'],
  ['AWS', 'AWS_ACCESS_KEY_ID'],
]);

/** The providers at which values can be tried out. */
export const testableProviders = [
  'ANTHROPIC',
  'OPENAI',
  'GOOGLE',
  'CURSOR',
  'FACTORY',
  'GITHUB',
  'GITLAB',
  'VERCEL',
] as const;

/** One of {@link testableProviders}. */
export type TestableProvider = (typeof testableProviders)[number];

/** Types whose values are tokens. A private key or an address is never sent to a provider. */
const tokenTypes: ReadonlySet<string> = new Set<CredentialType>([
  'AI_CLI_TOKEN',
  'API_KEY',
  'CLI_TOKEN',
  'SECRET',
  'GENERIC_SECRET',
]);

/** Providers whose tested operation takes OAuth access tokens like other tokens. */
const oauthProviders: ReadonlySet<string> = new Set<TestableProvider>(['GITHUB', 'GITLAB', 'VERCEL']);

/** Environment variable under which a provider's programs look for its token; "" when there is no such habit. */
export function defaultEnvVar(provider: string): string {
  return envVars.get(provider.toUpperCase()) ?? '';
}

/** The provider at which a value of this type can be tried out; null when there is none. Case does not matter. */
export function testableProvider(provider: string, type: string): TestableProvider | null {
  const found = testableProviders.find((each) => each === provider.trim().toUpperCase());
  if (found === undefined) return null;
  const fits = type === 'OAUTH2' ? oauthProviders.has(found) : tokenTypes.has(type);
  return fits ? found : null;
}
