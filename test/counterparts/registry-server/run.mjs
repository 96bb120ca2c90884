// Starts a registry as a process of its own: `node test/counterparts/registry-server/run.mjs 20000` prints its URL.
import { entries } from './registry-entries.mjs';
import { RegistryServer } from './registry-server.mjs';

const registry = await RegistryServer.start(entries(Number(process.argv[2] ?? 1_000)));
console.log(registry.url);

// Told to stop, or the process that started it is gone.
const stop = () => registry.stop().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('disconnect', stop);
