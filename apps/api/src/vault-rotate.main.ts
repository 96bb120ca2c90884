import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { type AppConfig, ConfigModule, loadProcessConfig, withDatabaseUrl } from '#config';
import { type DatabaseLog, openDatabase, runningEmbeddedUrl } from '#prisma';
import { KeyRotationModule } from './modules/keyring/rotation/key-rotation.module.js';
import { KeyRotationService } from './modules/keyring/rotation/key-rotation.service.js';
import { RotationInterrupted, RotationProgress } from './modules/keyring/rotation/rotation-progress.js';
import { describeReport } from './modules/keyring/rotation/rotation-report.js';
import { PortsModule, systemPorts } from './platform/ports.module.js';
import { startFailure } from './platform/start-failure.js';

// Exit codes: 0 done, 1 failed, 2 done except for what could not be opened, 64 wrong arguments, 130 told to stop.
const usage = `npm run vault:rotate [-- --reencrypt] [--dry-run] [--batch <rows>]
  Wraps every data key under the current version of the instance's key.
  --reencrypt  also makes new data keys and seals every value anew
  --dry-run    says what there is to do and writes nothing
  --batch      rows of one write, 1 to 1000; 200 unless told`;

async function main(): Promise<number> {
  const wish = wishOf(process.argv.slice(2));
  if (wish === null) {
    console.error(usage);
    return 64;
  }
  let config: AppConfig | null = null;
  try {
    config = loadProcessConfig();
    return await onDatabase(config, (database) => rotate(database, wish));
  } catch (error) {
    if (error instanceof RotationInterrupted) {
      console.error('Stopped. What was done stays; run it again to go on.');
      return 130;
    }
    console.error(startFailure(error, config));
    return 1;
  }
}

function wishOf(args: string[]): { reencrypt: boolean; dryRun: boolean; batch: number } | null {
  try {
    const { values } = parseArgs({
      args,
      options: {
        reencrypt: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        batch: { type: 'string', default: '200' },
      },
    });
    const batch = Number(values.batch);
    if (!Number.isInteger(batch) || batch < 1 || batch > 1_000) return null;
    return { reencrypt: values.reencrypt, dryRun: values['dry-run'], batch };
  } catch {
    return null;
  }
}

// Beside a service with the embedded database the job uses the running one; alone it starts it itself.
async function onDatabase(config: AppConfig, work: (config: AppConfig) => Promise<number>): Promise<number> {
  const running = config.database.embedded ? runningEmbeddedUrl(config.dataDir) : null;
  if (running !== null) return work(withDatabaseUrl(config, running));
  const database = await openDatabase(config, quietLog);
  try {
    return await work(withDatabaseUrl(config, database.url));
  } finally {
    await database.stop();
  }
}

async function rotate(config: AppConfig, wish: { reencrypt: boolean; dryRun: boolean; batch: number }) {
  const ports = systemPorts();
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const root = { module: KeyRotationModule, imports: [ConfigModule.of(config), PortsModule.of(ports)] };
  const context = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
  try {
    const service = context.get(KeyRotationService);
    const progress = new RotationProgress(ports.clock, (line) => console.log(line), stop.signal);
    const report = wish.dryRun ? await service.plan(wish) : await service.run(wish, progress);
    console.log(describeReport(report));
    return report.unreadable.length > 0 ? 2 : 0;
  } finally {
    await context.close();
  }
}

const quietLog: DatabaseLog = {
  info: () => undefined,
  warn: (message) => console.error(message),
  error: (message) => console.error(message),
};

process.exitCode = await main();
