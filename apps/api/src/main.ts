import { loadProcessConfig, withDatabaseUrl } from '#config';
import { AppError } from '#kernel';
import { openDatabase } from '#prisma';
import { createApp } from './app.js';
import { greeting } from './platform/greeting.js';
import { createLogger } from './platform/logger.js';
import { stopOnSignals } from './platform/stop-on-signals.js';

try {
  const configured = loadProcessConfig();
  const logger = createLogger(configured.observability.logLevel);
  const database = await openDatabase(configured, logger);
  const config = withDatabaseUrl(configured, database.url);
  const app = await createApp(config, { logger });
  stopOnSignals(app, database, logger);
  await app.listen(config.http.port, config.http.host);
  console.log(await greeting(app, config));
} catch (error) {
  console.error(error instanceof AppError ? error.message : error);
  process.exit(1);
}
