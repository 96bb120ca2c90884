const mapped = Object.fromEntries(
  // These three break in Jest's ESM loader; their CommonJS file does not.
  ['async-function', 'generator-function', 'async-generator-function'].map((name) => [
    `^${name}$`,
    `<rootDir>/node_modules/${name}/index.js`,
  ]),
);

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['development', 'node', 'node-addons'] },
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  globalSetup: '<rootDir>/libs/testing/src/database/global-setup.mjs',
  globalTeardown: '<rootDir>/libs/testing/src/database/global-teardown.mjs',
  testMatch: ['**/*.spec.ts', '**/*.int-spec.ts', '**/*.e2e-spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1', ...mapped },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  maxWorkers: 2,
  // Modules of the ESM loader stay in memory with every file: a worker that has grown is replaced by a fresh one.
  workerIdleMemoryLimit: '1200MB',
  testTimeout: 20_000,
};
