import { startTestApp, type TestApp, type TestAppOptions, type TestCaller } from '#testing';
import { RegistrySyncService } from '../../../apps/api/src/modules/mcp-registry/registry-sync.service.js';
import { entries, metaOf, type RegistryDocument } from '../../counterparts/registry-server/registry-entries.mjs';
import { RegistryServer } from '../../counterparts/registry-server/registry-server.mjs';

/** An application whose registry is a local one. */
export interface RegistryApp {
  test: TestApp;
  registry: RegistryServer;
  /** Carries out the automatic sync, if it is due, to its end. */
  sync(): Promise<void>;
  /** As if nothing was ever synced, with a registry of so many entries. */
  reset(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts both. With `registry` the application is a further replica or a later one. */
export async function startRegistryApp(
  count: number,
  shared: Pick<TestAppOptions, 'database'> & { registry?: RegistryServer } = {},
  env: Record<string, string> = {},
): Promise<RegistryApp> {
  const registry = shared.registry ?? (await RegistryServer.start(entries(count)));
  const test = await startTestApp({
    env: { MCP_REGISTRY_URL: registry.url, EGRESS_ALLOW: '127.0.0.1', ...env },
    ...(shared.database && { database: shared.database }),
  });
  return {
    test,
    registry,
    sync: () => test.app.get(RegistrySyncService, { strict: false }).runIfDue(),
    reset: async (size) => {
      await test.prisma.client.registryServer.deleteMany();
      await test.prisma.client.registrySync.deleteMany();
      registry.reset(entries(size));
    },
    close: async () => {
      await test.close();
      if (!shared.registry) await registry.stop();
    },
  };
}

/** The sync as the API tells it. */
export async function syncOf(test: TestApp, caller: TestCaller) {
  const { data } = await test.as(caller).GET('/api/v1/mcp-registry/sync');
  if (!data) throw new Error('the sync was not answered');
  return data;
}

/** Waits until the sync that was asked for has ended. */
export async function settledSync(test: TestApp, caller: TestCaller) {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const sync = await syncOf(test, caller);
    if (sync.state !== 'running') return sync;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('the sync did not end');
}

/** Changes an entry of the registry, as of a moment after every other change. */
export function change(registry: RegistryServer, name: string, server: Partial<RegistryDocument['server']>): void {
  const entry = entryOfName(registry, name);
  Object.assign(entry.server, server);
  touch(registry, entry);
}

/** Takes an entry off the registry's list, leaving its tombstone. */
export function remove(registry: RegistryServer, name: string): void {
  const entry = entryOfName(registry, name);
  metaOf(entry).status = 'deleted';
  touch(registry, entry);
}

function entryOfName(registry: RegistryServer, name: string): RegistryDocument {
  const entry = registry.find(name);
  if (!entry) throw new Error(`the registry has no ${name}`);
  return entry;
}

function touch(registry: RegistryServer, entry: RegistryDocument): void {
  const latest = Math.max(...registry.entries.map((each) => Date.parse(metaOf(each).updatedAt)));
  metaOf(entry).updatedAt = new Date(latest + 3_600_000).toISOString();
}
