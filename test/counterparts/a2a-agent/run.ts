// The agent as a process of its own that a demo can look into:
// `node --import ./libs/testing/src/process/typescript-loader.mjs test/counterparts/a2a-agent/run.ts` prints a line of JSON:
// `url` for a delivery endpoint of the protocol `a2a`, `observerUrl` for GET /heard, GET /deeds and POST /employ, whose body
// says where it works and which secret signs its messages. Before that it says back what it is told.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { A2aAgent } from './a2a-agent.js';
import { type Employment, OnCallDuty } from './on-call-duty.js';

const agent = await A2aAgent.start();
let duty: OnCallDuty | null = null;

const observer = createServer(async (request, response) => {
  const answer = await observed(request).catch((error: unknown) => ({ error: String(error) }));
  response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer ?? null));
});
observer.listen(0, '127.0.0.1');
await once(observer, 'listening');
const observerUrl = `http://127.0.0.1:${(observer.address() as AddressInfo).port}`;
console.log(JSON.stringify({ url: agent.url, observerUrl }));

async function observed(request: IncomingMessage): Promise<object | undefined> {
  switch (`${request.method} ${request.url}`) {
    case 'GET /heard':
      return agent.heard;
    case 'GET /deeds':
      return duty?.deeds ?? [];
    case 'POST /employ':
      return employ((await json(request)) as Employment & { signingSecret: string });
    default:
      return undefined;
  }
}

function employ({ signingSecret, ...employment }: Employment & { signingSecret: string }): object {
  const started = new OnCallDuty(employment);
  duty = started;
  agent.signingSecret = signingSecret;
  agent.answer = (message) => started.answer(message);
  return { employed: true };
}

// Told to stop, or the process that started it is gone.
for (const end of ['SIGTERM', 'disconnect']) process.once(end, () => process.exit(0));
