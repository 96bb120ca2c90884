import { resolve } from 'node:path';
import { type Random, Secret, SystemRandom } from '#kernel';
import type { AppConfig } from './app-config.js';
import { configErrors, describeProblems, type VariableProblem } from './config-errors.js';
import { type Environment, environmentSchema, exampleOf } from './environment.schema.js';
import { derivedInternalToken, generatedSessionSecret, withGeneratedKey } from './generated-secrets.js';
import { groupConfig } from './group-config.js';
import { type RawEnvironment, readKeyRing } from './key-ring.js';
import { productionProblems } from './production-rules.js';

/**
 * Parses the variables once. Outside production, missing secrets are generated into the data folder.
 * A variable that is set to the empty text counts as not set.
 * @throws AppError `config.invalid` that names every bad variable, what is wrong and an example.
 */
export function loadConfig(env: RawEnvironment, random: Random = new SystemRandom()): AppConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, text]) => text !== undefined && text.trim() !== ''));
  const parsed = environmentSchema.safeParse(given);
  const { ring, problems: keyProblems } = readKeyRing(given);
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map(asProblem)),
    ...keyProblems,
    ...(given.NODE_ENV === 'production' ? productionProblems(given) : []),
  ];
  if (!parsed.success || problems.length > 0) {
    throw configErrors.invalid({ params: { problems: describeProblems(problems) } });
  }
  return withSecrets(parsed.data, ring, random);
}

/** The same configuration with the connection string of the embedded database, once it has started. */
export function withDatabaseUrl(config: AppConfig, url: string): AppConfig {
  return Object.freeze({ ...config, database: Object.freeze({ ...config.database, url: new Secret(url) }) });
}

function withSecrets(env: Environment, given: ReturnType<typeof readKeyRing>['ring'], random: Random): AppConfig {
  const dataDir = resolve(env.DATA_DIR);
  const ring = withGeneratedKey(given, dataDir, random);
  return groupConfig(env, {
    dataDir,
    ring,
    sessionSecret: env.NEXTAUTH_SECRET ?? generatedSessionSecret(dataDir, random),
    internalToken: env.CREWSHIP_INTERNAL_TOKEN ?? derivedInternalToken(ring),
  });
}

function asProblem(issue: { path: PropertyKey[]; code: string; message: string; values?: unknown }): VariableProblem {
  const variable = String(issue.path[0]);
  const choices = Array.isArray(issue.values) ? `must be one of ${issue.values.join(', ')}` : issue.message;
  return { variable, wrong: choices, example: exampleOf(variable) };
}
