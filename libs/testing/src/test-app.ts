import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type CrewshipClient, createClient } from '#client';
import { loadConfig, type RawEnvironment, withDatabaseUrl } from '#config';
import { PrismaService } from '#prisma';
import { createApp } from '../../../apps/api/src/app.js';
import { createLogger } from '../../../apps/api/src/platform/logger.js';
import { ContractValidator } from './contract-validator.js';
import { createTestDatabase, type TestDatabase } from './database/test-database.js';
import { Seed } from './seed.js';
import { type TestClock, testPorts } from './test-ports.js';

/** What a test may say of its application. */
export interface TestAppOptions {
  /** Variables beside those that every test has. */
  env?: RawEnvironment;
  /** PUBLIC_URL is the address that it listens on, so that a browser that is sent there arrives. */
  isItsOwnPublicUrl?: boolean;
  /** Share another application's database, as a second replica would. */
  database?: TestDatabase;
}

/** Who calls. */
export interface TestCaller {
  token: string;
  workspaceId?: string;
}

/** The running application of one test file. */
export interface TestApp {
  /** `http://127.0.0.1:<port>`. */
  url: string;
  app: NestExpressApplication;
  database: TestDatabase;
  prisma: PrismaService;
  clock: TestClock;
  seed: Seed;
  /** Every line that the process logged so far. */
  logs: string[];
  /** The generated client, signed in as the caller. Every answer is held against the contract. */
  as(caller: TestCaller | null): CrewshipClient;
  /** A bare call, held against the contract too; for what the client's types rightly forbid. */
  call(path: string, init?: RequestInit & { token?: string; json?: unknown }): Promise<Response>;
  close(): Promise<void>;
}

const contract = new ContractValidator();

// Loopback is closed to outbound calls unless a test opens it: a sync that a test sets off asks nobody.
const nowhere = { MCP_REGISTRY_URL: 'http://127.0.0.1:9' };

/** Starts the real application on a fresh clone of the migrated database, on a free port. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = options.database ?? (await createTestDatabase());
  const dataDir = mkdtempSync(join(tmpdir(), 'crewship-test-'));
  const port = options.isItsOwnPublicUrl ? await freePort() : 0;
  const env = {
    NODE_ENV: 'test',
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: 'trace',
    // A test that wants jobs done says when: `JobRunner.runDue()`.
    CREWSHIP_JOBS: 'off',
    ...nowhere,
    ...(options.isItsOwnPublicUrl && { PUBLIC_URL: `http://127.0.0.1:${port}` }),
    ...options.env,
  };
  const config = withDatabaseUrl(loadConfig(env), database.url);
  const ports = testPorts();
  const logs: string[] = [];
  const logger = createLogger('trace', { write: (line) => void logs.push(line) });
  const app = await createApp(config, { ports, logger });
  await app.listen(port, '127.0.0.1');
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  const prisma = app.get(PrismaService, { strict: false });
  const checkedFetch = async (input: Request): Promise<Response> => {
    const response = await fetch(input);
    await contract.check(input.method, new URL(input.url), response);
    return response;
  };
  return {
    url,
    app,
    database,
    prisma,
    clock: ports.clock,
    seed: new Seed(prisma, ports),
    logs,
    as: (caller) =>
      createClient({
        baseUrl: url,
        fetch: checkedFetch,
        ...(caller && { token: caller.token }),
        ...(caller?.workspaceId !== undefined && { workspaceId: caller.workspaceId }),
      }),
    call: (path, { token, json, headers, ...init } = {}) =>
      checkedFetch(
        new Request(`${url}${path}`, {
          redirect: 'manual',
          ...init,
          ...(json !== undefined && { body: JSON.stringify(json) }),
          headers: {
            ...(token !== undefined && { Authorization: `Bearer ${token}` }),
            ...(json !== undefined && { 'Content-Type': 'application/json' }),
            ...(headers as Record<string, string> | undefined),
          },
        }),
      ),
    close: async () => {
      await app.close();
      if (!options.database) await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

// The configuration is fixed before anything listens.
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
