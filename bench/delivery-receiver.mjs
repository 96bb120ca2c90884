// The endpoint of `bench:deliveries`: it checks what it is told, fails every third request, and can be down.
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

/** What came, judged by the rules of delivering. */
export class DeliveryReceiver {
  /** Ids that were answered with 2xx. */
  accepted = new Set();
  /** How often an accepted one came again. */
  afterAcceptance = 0;
  /** How often a workspace's message was not the one after its last. */
  outOfOrder = 0;
  badSignatures = 0;
  /** Requests that were answered at all. */
  requests = 0;
  /** Signing secrets by workspace. */
  secrets = new Map();
  #last = new Map();
  #isDown = false;
  #server;

  static async start() {
    const receiver = new DeliveryReceiver();
    receiver.#server = createServer((request, response) => void receiver.#take(request, response));
    receiver.#server.keepAliveTimeout = 60_000;
    receiver.#server.on('connection', (socket) => receiver.#isDown && socket.destroy());
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}/`;
  }

  /**
   * Breaks every connection, and every new one, until {@link comeBack}. What was answered is let out first: an acceptance that
   * never arrived is none.
   */
  goDown() {
    this.#isDown = true;
    this.#server.closeIdleConnections();
  }

  comeBack() {
    this.#isDown = false;
  }

  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #take(request, response) {
    const chunks = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return;
    }
    if (this.#isDown) return void request.destroy();
    this.requests += 1;
    if (this.requests % 3 === 0) return void response.writeHead(500).end();
    this.#judge(request.headers, Buffer.concat(chunks).toString());
    response.writeHead(204).end();
  }

  #judge(headers, raw) {
    const { id, workspace_id: workspace, data } = JSON.parse(raw);
    const key = this.secrets.get(workspace) ?? '';
    const right = createHmac('sha256', key).update(`${headers['x-delivery-timestamp']}.${raw}`).digest('hex');
    if (headers['x-delivery-signature'] !== `v1=${right}` || headers['idempotency-key'] !== id) this.badSignatures += 1;
    if (this.accepted.has(id)) {
      this.afterAcceptance += 1;
      console.error(`again: ${id} of ${workspace}`);
      return;
    }
    this.accepted.add(id);
    const n = Number(data.params.message.parts[0].text);
    if (n !== (this.#last.get(workspace) ?? 0) + 1) this.outOfOrder += 1;
    this.#last.set(workspace, n);
  }
}
