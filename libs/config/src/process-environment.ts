import { existsSync } from 'node:fs';
import type { AppConfig } from './app-config.js';
import { loadConfig } from './load-config.js';

/** The configuration of this process: its environment and, for what that leaves out, the `.env` of the folder it runs in. */
export function loadProcessConfig(): AppConfig {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return loadConfig(process.env);
}

/** The server that tests use instead of the embedded one; null when none is named. */
export function testServerUrl(): string | null {
  return process.env.TEST_DATABASE_URL || process.env.DATABASE_URL || null;
}

/** Where the run's migrated template database is. Worker processes inherit it from the one that prepared it. */
export const testTemplate = {
  announce(url: string): void {
    process.env.CREWSHIP_TEST_TEMPLATE_URL = url;
  },
  /** Null outside a test run that was prepared. */
  url(): string | null {
    return process.env.CREWSHIP_TEST_TEMPLATE_URL ?? null;
  },
};
