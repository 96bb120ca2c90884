export * from './app-config.js';
export * from './config.module.js';
export { configErrors } from './config-errors.js';
export { environmentSchema } from './environment.schema.js';
export type { KeyRing, RawEnvironment } from './key-ring.js';
export { loadConfig, withDatabaseUrl } from './load-config.js';
export * from './process-environment.js';
export { secretFromFile, secretsFolder } from './secret-files.js';
