import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request to the token endpoint. */
export interface TokenRequest {
  form: URLSearchParams;
  authorization: string | null;
}

/** What the token endpoint is told to answer. */
export interface TokenAnswer {
  status?: number;
  body: unknown;
  delayMs?: number;
}

/** A token endpoint on loopback that answers as told and remembers what it was asked. */
export class ScriptedProvider {
  readonly requests: TokenRequest[] = [];
  #answers: TokenAnswer[] = [];
  #count = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ScriptedProvider> {
    const server = createServer((request, response) => void provider.#serve(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const provider = new ScriptedProvider(server);
    return provider;
  }

  /** Its issuer. */
  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The OAuth columns of a credential that is connected here. */
  columns(values: object = {}) {
    return {
      type: 'OAUTH2',
      status: 'PENDING',
      oauthClientId: 'client-one',
      oauthAuthUrl: `${this.issuer}/authorize`,
      oauthTokenUrl: `${this.issuer}/token`,
      oauthScopes: 'read write',
      oauthIssuer: this.issuer,
      oauthIssRequired: true,
      oauthResource: 'https://mcp.example.com/mcp',
      ...values,
    };
  }

  /** The next answers; afterwards tokens as usual. */
  answer(...answers: TokenAnswer[]): void {
    this.#answers = answers;
  }

  /** What the browser brings back after an approval of this authorization URL. */
  approval(authUrl: string, values: Record<string, string> = {}): URLSearchParams {
    const state = new URL(authUrl).searchParams.get('state') ?? '';
    return new URLSearchParams({ code: 'canary-code', state, iss: this.issuer, ...values });
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    this.requests.push({ form, authorization: request.headers.authorization ?? null });
    this.#count += 1;
    const usual = {
      access_token: `canary-access-${this.#count}`,
      refresh_token: `canary-refresh-${this.#count}`,
      token_type: 'Bearer',
      expires_in: 3600,
    };
    const { status = 200, body, delayMs = 0 } = this.#answers.shift() ?? { body: usual };
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    response.end(JSON.stringify(body));
  }
}
