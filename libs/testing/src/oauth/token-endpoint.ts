import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** How one request is answered. Without a body new tokens are issued. */
export interface TokenAnswer {
  status?: number;
  headers?: Record<string, string>;
  /** Text as it is, objects as JSON. */
  body?: string | Record<string, unknown>;
  /** The answer is held back until this resolves. */
  after?: Promise<unknown>;
  hangUp?: boolean;
}

/** Holds an answer back until a test opens it. */
export class Gate {
  #open: () => void = () => undefined;
  readonly opened = new Promise<void>((resolve) => {
    this.#open = resolve;
  });

  open(): void {
    this.#open();
  }
}

/** A token endpoint on loopback that counts, and answers as it is told. */
export class TokenEndpoint {
  /** The forms that were sent, in order. */
  readonly forms: Record<string, string>[] = [];
  readonly #answers = new Map<string, TokenAnswer[]>();
  #issued = 0;

  private constructor(private readonly server: Server) {
    server.on('request', async (request, response) => {
      const form = Object.fromEntries(new URLSearchParams(await text(request)));
      this.forms.push(form);
      const answer = this.#answers.get(form.client_id ?? '')?.shift() ?? {};
      await answer.after;
      this.#give(answer, response);
    });
  }

  static async start(): Promise<TokenEndpoint> {
    const server = createServer();
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return new TokenEndpoint(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/token`;
  }

  /** The next requests of this client are answered so, in turn. */
  order(clientId: string, ...answers: TokenAnswer[]): void {
    this.#answers.set(clientId, [...(this.#answers.get(clientId) ?? []), ...answers]);
  }

  /** What this client sent so far. */
  sentBy(clientId: string): Record<string, string>[] {
    return this.forms.filter((form) => form.client_id === clientId);
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  #give({ status = 200, headers = {}, body, hangUp = false }: TokenAnswer, response: ServerResponse): void {
    if (hangUp) return void response.socket?.destroy();
    this.#issued += 1;
    const issued = {
      access_token: `access-${this.#issued}`,
      refresh_token: `refresh-${this.#issued}`,
      token_type: 'Bearer',
      expires_in: 3600,
    };
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? issued));
  }
}
