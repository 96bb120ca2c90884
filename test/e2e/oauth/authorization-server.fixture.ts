import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A small MCP server with its own authorization server on loopback, which registers whoever asks. */
export interface FakeAuthorizationServer {
  /** `http://127.0.0.1:<port>`, also the issuer. */
  origin: string;
  /** URL of the protected MCP server. */
  mcpUrl: string;
  /** Bodies of the registrations it was asked for. */
  registrations: Record<string, unknown>[];
  /** Methods and paths that were asked. */
  asked: string[];
  /** Members that replace those of its metadata; undefined takes one away. */
  metadata: Record<string, unknown>;
  /** Members of the next registration's answer beside the client id. */
  registered: Record<string, unknown>;
  /** What happens before tokens are answered. */
  beforeTokens: () => Promise<unknown>;
  /** Forms of token requests and of revocations. */
  tokenRequests: URLSearchParams[];
  revocations: URLSearchParams[];
  close(): Promise<void>;
}

/** Starts one. */
export async function startAuthorizationServer(): Promise<FakeAuthorizationServer> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fake: FakeAuthorizationServer = {
    origin,
    mcpUrl: `${origin}/mcp`,
    registrations: [],
    asked: [],
    metadata: {},
    registered: {},
    beforeTokens: async () => undefined,
    tokenRequests: [],
    revocations: [],
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
  const json = (response: ServerResponse, status: number, body: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    fake.asked.push(`${request.method} ${request.url}`);
    switch (request.url) {
      case '/mcp': {
        const pointer = `Bearer resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp", scope="tools:read"`;
        response.writeHead(401, { 'www-authenticate': pointer }).end();
        return;
      }
      case '/.well-known/oauth-protected-resource/mcp':
        json(response, 200, { resource: fake.mcpUrl, authorization_servers: [origin] });
        return;
      case '/.well-known/oauth-authorization-server':
        json(response, 200, { ...metadataOf(origin), ...fake.metadata });
        return;
      case '/register': {
        const number = fake.registrations.push(JSON.parse(body) as Record<string, unknown>);
        // Long enough that two who ask at once both ask.
        await new Promise((done) => setTimeout(done, 40));
        json(response, 201, { client_id: `client-${number}`, ...fake.registered });
        return;
      }
      case '/token':
        fake.tokenRequests.push(new URLSearchParams(body));
        await fake.beforeTokens();
        json(response, 200, tokensOf(fake.tokenRequests.length));
        return;
      case '/revoke':
        fake.revocations.push(new URLSearchParams(body));
        response.writeHead(200).end();
        return;
      default:
        json(response, request.method === 'DELETE' ? 204 : 404, {});
    }
  }
  return fake;
}

function tokensOf(number: number): object {
  const tokens = { access_token: `canary-access-${number}`, refresh_token: `canary-refresh-${number}` };
  return { ...tokens, token_type: 'Bearer', expires_in: 3600 };
}

function metadataOf(origin: string): object {
  return {
    issuer: origin,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    registration_endpoint: `${origin}/register`,
    revocation_endpoint: `${origin}/revoke`,
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_basic'],
    authorization_response_iss_parameter_supported: true,
  };
}
