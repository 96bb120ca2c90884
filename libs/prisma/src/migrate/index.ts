export * from './migration-errors.js';
export { bundledMigrationsDir } from './migration-files.js';
export * from './migrator.js';
