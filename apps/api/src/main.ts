import { type AppConfig, loadProcessConfig, withDatabaseUrl } from '#config';
import { type EmbeddedDatabase, openDatabase } from '#prisma';
import { createApp } from './app.js';
import { greeting } from './platform/greeting.js';
import { createLogger } from './platform/logger.js';
import { startFailure } from './platform/start-failure.js';
import { holdSignals, stopOnSignals } from './platform/stop-on-signals.js';

const letSignalsThrough = holdSignals();
let config: AppConfig | null = null;
let database: EmbeddedDatabase | null = null;

try {
  config = loadProcessConfig();
  const logger = createLogger(config.observability.logLevel);
  database = await openDatabase(config, logger);
  config = withDatabaseUrl(config, database.url);
  const app = await createApp(config, { logger });
  await app.listen(config.http.port, config.http.host);
  stopOnSignals(app, database, logger);
  letSignalsThrough();
  console.log(await greeting(app, config));
} catch (error) {
  console.error(startFailure(error, config));
  await database?.stop();
  process.exit(1);
}
