import { json, text } from 'node:stream/consumers';

/** What the token endpoint was asked, and how it is told to misbehave. */
export class TokenLedger {
  registrations = 0;
  /** One entry per request: grant type, resource, how the client proved itself. Never a token or a code. */
  requests = [];
  #orders = [];

  /** Records a request; answers it in the provider's place when a fault was ordered. */
  async intercept(request, response) {
    const body = await text(request);
    // The provider takes a body that somebody else has read.
    request.body = Object.fromEntries(new URLSearchParams(body));
    const form = new URLSearchParams(body);
    this.requests.push({
      grantType: form.get('grant_type'),
      resource: form.get('resource'),
      clientAuth: request.headers.authorization ? 'basic' : form.has('client_secret') ? 'post' : 'none',
      hasVerifier: form.has('code_verifier'),
    });
    const order = this.#orders.shift();
    if (!order) return false;
    if (order.delayMs) await new Promise((resolve) => setTimeout(resolve, order.delayMs));
    if (order.hangUp) {
      request.socket.destroy();
      return true;
    }
    if (!order.status) return false;
    response.writeHead(order.status, { 'content-type': order.contentType ?? 'application/json', ...order.headers });
    response.end(order.body ?? '{"error":"temporarily_unavailable"}');
    return true;
  }

  /** Each order meets one token request, in turn. */
  order(...orders) {
    this.#orders.push(...orders);
  }

  count(grantType) {
    return this.requests.filter((each) => each.grantType === grantType).length;
  }
}

/** `GET /_test/stats`; `POST /_test/orders` with a list of faults; `POST /_test/reset`. */
export async function answerControl(ledger, request, response) {
  if (request.url === '/_test/orders') ledger.order(...(await json(request)));
  if (request.url === '/_test/reset') {
    ledger.requests = [];
    ledger.registrations = 0;
  }
  response.setHeader('content-type', 'application/json');
  response.end(
    JSON.stringify({
      registrations: ledger.registrations,
      codeGrants: ledger.count('authorization_code'),
      refreshes: ledger.count('refresh_token'),
      requests: ledger.requests,
    }),
  );
}
