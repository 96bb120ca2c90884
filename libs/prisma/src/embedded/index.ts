export * from './embedded-errors.js';
export * from './embedded-postgres.js';
export * from './external-database.js';
export * from './open-database.js';
