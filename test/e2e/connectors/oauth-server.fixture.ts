import type { RequestListener, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** What an authorization server was asked, and the MCP server behind it. */
export interface ScriptedOauth {
  listener: RequestListener;
  /** Bodies of the token requests. */
  tokenRequests: URLSearchParams[];
  /** The access token that the last token request got. */
  lastToken(): string;
}

/**
 * An authorization server and the MCP server that it protects, on one origin: metadata (RFC 9728, RFC 8414), dynamic
 * registration (RFC 7591) and a token endpoint that gives every code a token.
 */
export function scriptedOauth(mcp: RequestListener): ScriptedOauth {
  const tokenRequests: URLSearchParams[] = [];
  const lastToken = () => `access-token-canary-${tokenRequests.length}`;
  const listener: RequestListener = async (request, response) => {
    const origin = `http://${request.headers.host}`;
    const path = (request.url ?? '').split('?')[0];
    switch (path) {
      case '/mcp':
        if (request.headers.authorization === `Bearer ${lastToken()}`) return mcp(request, response);
        response.setHeader(
          'WWW-Authenticate',
          `Bearer resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"`,
        );
        return void response.writeHead(401).end();
      case '/.well-known/oauth-protected-resource/mcp':
        return json(response, 200, { resource: `${origin}/mcp`, authorization_servers: [origin] });
      case '/.well-known/oauth-authorization-server':
        return json(response, 200, metadataOf(origin));
      case '/register':
        return json(response, 201, { ...JSON.parse(await text(request)), client_id: 'registered-client' });
      case '/token':
        tokenRequests.push(new URLSearchParams(await text(request)));
        return json(response, 200, { access_token: lastToken(), token_type: 'Bearer', expires_in: 3600 });
      default:
        return void response.writeHead(404).end();
    }
  };
  return { listener: (request, response) => void listener(request, response), tokenRequests, lastToken };
}

function metadataOf(origin: string) {
  return {
    issuer: origin,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    registration_endpoint: `${origin}/register`,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_post'],
  };
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
