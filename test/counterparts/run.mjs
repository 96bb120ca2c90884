// Starts the counterparts as a process of their own: `node test/counterparts/run.mjs '{"accessTokenTtlSeconds":60}'`.
// Prints one line of JSON with their addresses.
import { startAuthorizationServer } from './authorization-server.mjs';
import { startProtectedMcpServer } from './protected-mcp-server.mjs';

// The provider's notices about development defaults go to standard error: the output is for the addresses.
console.info = console.error;
console.warn = console.error;

const options = JSON.parse(process.argv[2] ?? '{}');
const mcp = await startProtectedMcpServer();
const authorization = await startAuthorizationServer({ ...options, resource: () => mcp.resource });
mcp.protectWith(authorization);
console.log(JSON.stringify({ issuer: authorization.issuer, mcpUrl: mcp.resource }));

// Told to stop, or the process that started it is gone.
process.once('SIGTERM', stop);
process.once('disconnect', stop);

async function stop() {
  await Promise.all([authorization.stop(), mcp.stop()]);
  process.exit(0);
}
