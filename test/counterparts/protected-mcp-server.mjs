// A real MCP server that asks for a token of the authorization server, as the MCP authorization specification says:
// 401 with `resource_metadata`, protected resource metadata (RFC 9728), audience checked (RFC 8707).
import { once } from 'node:events';
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { createRemoteJWKSet, jwtVerify } from 'jose';

export async function startProtectedMcpServer() {
  const app = express();
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${server.address().port}`;
  const resource = `${origin}/mcp`;
  const calls = [];
  return {
    resource,
    calls,
    /** Call once the authorization server is up. */
    protectWith: ({ issuer, jwksUri }) => route(app, { origin, resource, issuer, jwksUri, calls }),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function route(app, { origin, resource, issuer, jwksUri, calls }) {
  const metadataUrl = `${origin}/.well-known/oauth-protected-resource/mcp`;
  app.get('/.well-known/oauth-protected-resource/mcp', (_, response) =>
    response.json({
      resource,
      authorization_servers: [issuer],
      scopes_supported: ['mcp:tools'],
      bearer_methods_supported: ['header'],
      resource_name: 'Protected tools',
    }),
  );
  app.get('/_test/calls', (_, response) => response.json(calls));
  const keys = createRemoteJWKSet(new URL(jwksUri));
  const verifier = { verifyAccessToken: (token) => verify(token, { keys, issuer, resource }) };
  app.post(
    '/mcp',
    requireBearerAuth({ verifier, requiredScopes: ['mcp:tools'], resourceMetadataUrl: metadataUrl }),
    express.json(),
    async (request, response) => {
      calls.push({ method: request.body?.method, subject: request.auth.extra.subject });
      const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
      await toolServer(request.auth.extra.subject).connect(transport);
      await transport.handleRequest(request, response, request.body);
    },
  );
  app.all('/mcp', (_, response) => response.status(405).end());
}

async function verify(token, { keys, issuer, resource }) {
  try {
    const { payload } = await jwtVerify(token, keys, { issuer, audience: resource });
    return {
      token,
      clientId: String(payload.client_id),
      scopes: String(payload.scope ?? '').split(' '),
      expiresAt: payload.exp,
      extra: { subject: payload.sub },
    };
  } catch (error) {
    throw new InvalidTokenError(error.message);
  }
}

function toolServer(subject) {
  const server = new McpServer({ name: 'protected-tools', version: '1.0.0' });
  const says = (text) => ({ content: [{ type: 'text', text }] });
  server.registerTool('whoami', { description: 'Says whose token this is' }, async () => says(subject));
  server.registerTool('list_notes', { description: 'Lists notes' }, async () => says('no notes'));
  return server;
}
