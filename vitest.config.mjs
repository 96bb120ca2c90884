import { defineConfig } from 'vitest/config';

const loader = new URL('libs/testing/src/process/typescript-loader.mjs', import.meta.url).href;

/** What every run of tests has in common. */
export const shared = {
  globalSetup: ['libs/testing/src/database/global-setup.mjs'],
  pool: 'forks',
  // The application is loaded once for each worker, not once for each of hundreds of files: ADR 0025.
  isolate: false,
  maxWorkers: 2,
  // Node loads the sources itself, as it does in the tests of real processes.
  experimental: { viteModuleRunner: false, nodeLoader: false },
  execArgv: ['--import', loader],
  testTimeout: 20_000,
  hookTimeout: 20_000,
};

export default defineConfig({
  test: { ...shared, include: ['{apps,libs,test}/**/*.{spec,int-spec,e2e-spec}.ts'] },
});
