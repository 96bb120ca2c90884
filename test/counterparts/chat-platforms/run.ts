// The stub as a process of its own that a demo can look into:
// `node --import ./libs/testing/src/process/typescript-loader.mjs test/counterparts/chat-platforms/run.ts` prints a line of
// JSON: `url` for TELEGRAM_API_URL, `observerUrl` for GET /calls, and the token of the bot that Telegram knows.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ChatPlatformsStub } from './chat-platforms-stub.js';

const stub = await ChatPlatformsStub.start();
const observer = createServer((request, response) => {
  const known = request.url === '/calls';
  response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(known ? stub.calls.map(({ operation, body }) => ({ operation, body })) : null));
});
observer.listen(0, '127.0.0.1');
await once(observer, 'listening');
const observerUrl = `http://127.0.0.1:${(observer.address() as AddressInfo).port}`;
console.log(JSON.stringify({ url: stub.url, observerUrl, telegramToken: stub.telegramToken }));

// Told to stop, or the process that started it is gone.
for (const end of ['SIGTERM', 'disconnect']) process.once(end, () => process.exit(0));
