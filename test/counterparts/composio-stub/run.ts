// The stub as a process of its own, with one project for each key that is named:
// `node --import ./libs/testing/src/process/typescript-loader.mjs test/counterparts/composio-stub/run.ts <key>` prints its URL.
import { ComposioStub } from './composio-stub.js';

const stub = await ComposioStub.start(...process.argv.slice(2));
stub.pageSize = 100;
console.log(stub.url);

// Told to stop, or the process that started it is gone.
const stop = () => stub.stop().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('disconnect', stop);
