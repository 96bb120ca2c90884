import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { loadConfig, withDatabaseUrl } from '#config';
import { AppModule } from './app.module.js';
import { buildDocument } from './openapi/build-document.js';
import { systemPorts } from './platform/ports.module.js';

// Writes the OpenAPI document to the file named by the first argument. Needs neither database nor port.
const target = process.argv[2] ?? 'apps/api/openapi.json';
const dataDir = mkdtempSync(join(tmpdir(), 'crewship-openapi-'));
try {
  const config = withDatabaseUrl(loadConfig({ DATA_DIR: dataDir, PORT: '8080' }), 'postgresql://nowhere.invalid/none');
  const app = await NestFactory.create(AppModule.with(config, systemPorts()), new ExpressAdapter(), {
    logger: ['error'],
    preview: false,
  });
  writeFileSync(target, `${JSON.stringify(buildDocument(app), null, 2)}\n`);
  await app.close();
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
