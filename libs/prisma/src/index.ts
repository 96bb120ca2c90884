export * from './database-errors.js';
export { type EmbeddedDatabase, startEmbeddedPostgres } from './embedded/embedded-postgres.js';
export { type DatabaseLog, openDatabase } from './embedded/open-database.js';
export { Prisma, PrismaClient } from './generated/client.js';
export { bundledMigrationsDir, migrate } from './migrate/index.js';
export * from './prisma.module.js';
export * from './prisma.service.js';
export * from './prisma-transactions.js';
export * from './shared-reads.js';
