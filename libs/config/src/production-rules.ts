import type { VariableProblem } from './config-errors.js';
import { exampleOf } from './environment.schema.js';
import { currentKeyVersion, isGuessableKey, type RawEnvironment } from './key-ring.js';

const fewestDistinctCharacters = 8;
const shortestAdminToken = 16;

/** What is tolerable on a developer's machine but not where `NODE_ENV` is `production`. */
export function productionProblems(env: RawEnvironment): VariableProblem[] {
  const problems: VariableProblem[] = [];
  const refuse = (variable: string, wrong: string, example = exampleOf(variable)) =>
    problems.push({ variable, wrong, example });
  if (!env.ENCRYPTION_KEY && currentKeyVersion(env) === 1) refuse('ENCRYPTION_KEY', 'is required in production');
  if (!env.NEXTAUTH_SECRET) refuse('NEXTAUTH_SECRET', 'is required in production');
  for (const [variable, text] of Object.entries(env)) {
    if (text && /^ENCRYPTION_KEY(_V\d+)?$/.test(variable) && isGuessableKey(text)) {
      refuse(variable, 'is an example or a pattern, which anybody could guess', exampleOf('ENCRYPTION_KEY'));
    }
  }
  if (isGuessableText(env.NEXTAUTH_SECRET)) refuse('NEXTAUTH_SECRET', 'is an example or a pattern');
  const adminToken = env.ADMIN_TOKEN;
  if (adminToken && adminToken.length < shortestAdminToken) {
    refuse('ADMIN_TOKEN', `must have at least ${shortestAdminToken} characters in production`);
  }
  if (/^(true|1|yes|on|y|t)$/i.test(env.CREWSHIP_RATELIMIT_DISABLED?.trim() ?? '')) {
    refuse('CREWSHIP_RATELIMIT_DISABLED', 'must not be set in production');
  }
  return problems;
}

function isGuessableText(text: string | undefined): boolean {
  if (!text) return false;
  return new Set(text).size < fewestDistinctCharacters || /change.?me|your.?secret|example/i.test(text);
}
