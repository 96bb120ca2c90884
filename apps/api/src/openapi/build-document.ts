import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ConsoleErrorResponse, ProblemResponse } from '#http';
import { productVersion } from '../platform/product-version.js';
import { completeDocument } from './complete-document.js';
import { tags } from './tags.js';

const description = `
Crewship Integrations is the control plane between AI agents and the tools they use. A **workspace** registers MCP servers;
its **crews** and **agents** inherit, override or refuse them; one resolver says what an agent effectively has, and why.

**Sign in** with a CLI token (\`Authorization: Bearer crewship_cli_…\`) or a browser session cookie. Name the workspace in
\`workspace_id\` or in the header \`X-Workspace-ID\`. **Errors** are problem details (RFC 9457) with a stable \`code\`;
the agent console (\`/api/v1/console\`) has an envelope of its own.
**Lists** take \`limit\` and \`offset\` and tell their size in \`X-Total-Count\`. A **POST** with an \`Idempotency-Key\` is safe to
repeat: it is carried out once, and its answer is given again for 24 hours.

**Events** are pushed as server-sent events (\`streamEvents\`) and over the WebSocket at \`/ws\`, whose first message is
\`{"type":"auth","token":…}\` with a ticket of \`createWsToken\`, a CLI token or a workspace token; then
\`{"type":"subscribe","workspace_id":…,"last_event_id":…}\` and \`{"type":"unsubscribe","workspace_id":…}\`, answered with \`subscribed\`,
\`unsubscribed\` or \`error\`. An event is \`{"event","workspace_id","agent_id","timestamp","payload","id"}\`.

Members of a body that an operation does not know are ignored; with \`Prefer: handling=strict\` they are a 400 that names them.
Answers may gain members: a client should ignore those it does not know.
`.trim();

/** The OpenAPI 3.1 document of the application, complete and in a stable order. */
export function buildDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Crewship Integrations API')
    .setDescription(description)
    .setVersion(productVersion)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    // Relative: the document is right wherever it is fetched from, and Swagger UI calls its own origin.
    .addServer('/', 'The instance that serves this document, in production as in a local set-up')
    .addSecurity('bearer', {
      type: 'http',
      scheme: 'bearer',
      description: 'A CLI token (`crewship_cli_…`), a session token, or the instance administrator’s `ADMIN_TOKEN`.',
    })
    .addSecurity('session', {
      type: 'apiKey',
      in: 'cookie',
      name: 'authjs.session-token',
      description:
        'Session of a browser, which sends the cookie by itself: there is nothing to enter here. Behind HTTPS its name is ' +
        '`__Secure-authjs.session-token`.',
    })
    .addSecurity('workspace_token', {
      type: 'http',
      scheme: 'bearer',
      description:
        'A token of the workspace in the path (`cws_…`), for its agents. The operation says in `x-scope` which scope it needs; ' +
        '`*` has them all, and who may write a thing may read it. The instance administrator may use what it opens too, in ' +
        'every workspace.',
    })
    .addSecurity('team_key', {
      type: 'http',
      scheme: 'bearer',
      description:
        'A team key (`sk_…`) of the agent console. Its scopes are `integrations:read`, `integrations:write` and `*`; the ' +
        'operation says in `x-scope` which one it needs.',
    })
    .addSecurity('team_key_header', {
      type: 'apiKey',
      in: 'header',
      name: 'X-Api-Key',
      description: 'The same key. A bearer token beside it wins.',
    })
    .addSecurity('internal', {
      type: 'apiKey',
      in: 'header',
      name: 'X-Internal-Token',
      description:
        'Token of the agents’ runtime, accepted over the Unix socket, from this host and from private addresses; elsewhere the ' +
        'paths do not exist. The master token (`CREWSHIP_INTERNAL_TOKEN`, this host only) opens everything. Bound tokens open ' +
        'one workspace (`wsv1.<workspace>.<tag>`), one crew (`crwv1.<workspace>.<crew>.<tag>`) or one agent until it ends ' +
        '(`agtv1.<workspace>.<agent>.<unix seconds>.<tag>`). The tag is the HMAC-SHA256 under the master token, in lower-case ' +
        'hexadecimal, of `crewship internal token: workspace`, `… crew` or `… agent` and the parts, NUL between.',
    });
  for (const tag of tags) builder.addTag(tag.name, tag.description);
  const document = SwaggerModule.createDocument(app, builder.build(), {
    extraModels: [ConsoleErrorResponse, ProblemResponse],
    // A group is stated with @ApiTags; a controller's own name is none.
    autoTagControllers: false,
    operationIdFactory: (controller, method) => `${controller}_${method}`,
  });
  for (const server of document.servers ?? []) Object.assign(server, { 'x-internal': false });
  return completeDocument(document);
}
