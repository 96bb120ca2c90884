export * from './contract-validator.js';
export * from './database/test-database.js';
export * from './query-counter.js';
export * from './seed.js';
export * from './test-app.js';
export * from './test-ports.js';
