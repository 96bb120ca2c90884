import { Body, Controller, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { Endpoint } from '#http';
import type { WorkspaceScope } from '#kernel';
import { AutoConnect } from './auto-connect.service.js';
import { AutoConnectDto } from './dto/auto-connect.dto.js';
import { AutoConnectAuthorizeResponse, AutoConnectNeedsClientResponse } from './dto/auto-connect.response.js';
import { InitiateFlowDto } from './dto/initiate-flow.dto.js';
import { LoopbackFlowResponse } from './dto/loopback-flow.response.js';
import { StartLoopbackDto } from './dto/start-loopback.dto.js';
import { StartedFlowResponse } from './dto/started-flow.response.js';
import { FlowBrowser } from './flow-browser.service.js';
import { LoopbackFlowsService } from './loopback-flows.service.js';
import { toAutoConnectResponse, toStartedFlowResponse } from './oauth-flows.mapper.js';
import { OauthFlowsService } from './oauth-flows.service.js';

const headers = { 'Set-Cookie': 'Ties the flow to this browser, for ten minutes and the OAuth paths only.' };

/** Where authorizations begin (seed 000). */
@ApiTags('OAuth')
@Controller('api/v1/oauth')
export class FlowStartsController {
  constructor(
    private readonly flows: OauthFlowsService,
    private readonly loopbacks: LoopbackFlowsService,
    private readonly connections: AutoConnect,
    private readonly browser: FlowBrowser,
  ) {}

  @Post('initiate')
  @Access('oauth:create', { orCapability: 'credential.create' })
  @Audited('oauth.initiate')
  @Endpoint({
    id: 'initiateOauthFlow',
    summary: 'Start connecting a credential',
    description:
      'Send the browser to `auth_url`. Its answer finishes the flow only in the browser that made this call, or where the ' +
      'caller is signed in; any other client brings the answer with `POST /oauth/finish`. The state works once, for ten ' +
      'minutes. PKCE with S256 is always used. Several flows for one credential may be open: the last to finish counts.',
    type: StartedFlowResponse,
    errors: [400, 404, 422, 502],
    headers,
  })
  initiate(
    @Scope() scope: WorkspaceScope,
    @Body() body: InitiateFlowDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StartedFlowResponse> {
    return this.flows
      .initiate(scope, body.credential_id, body.redirect_uri ?? null, this.browser.bind(response))
      .then(toStartedFlowResponse);
  }

  @Post('loopback')
  @Access('oauth:create', { orCapability: 'credential.create' })
  @Audited('oauth.initiate')
  @Endpoint({
    id: 'startOauthLoopback',
    summary: 'Start connecting a credential through a listener on the browser’s host',
    description:
      'For programs beside a browser (RFC 8252). In mode `client` the caller listens on 127.0.0.1 at `loopback_port` and ' +
      'brings what comes to `/callback` with `POST /oauth/finish` or `/oauth/exchange`. In mode `server`, for browsers on this ' +
      'server’s own host only, we listen for 120 seconds and finish by ourselves.',
    type: LoopbackFlowResponse,
    errors: [400, 404],
    headers,
  })
  loopback(
    @Scope() scope: WorkspaceScope,
    @Body() body: StartLoopbackDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LoopbackFlowResponse> {
    return this.loopbacks.start(scope, body, this.browser.bind(response));
  }

  @Post('auto-connect')
  @Access('oauth:manage')
  @Audited('oauth.initiate', 'credential.create')
  @Endpoint({
    id: 'autoConnectOauth',
    summary: 'Connect an MCP server by its URL',
    description:
      'Finds the authorization server, becomes its client (registered by hand, by our metadata document or dynamically, in ' +
      'this order) and makes a PENDING credential. When somebody approves at `auth_url`, the server is registered for the ' +
      'workspace, the crew or the agent, and uses the credential. `needs_client_id` asks for an app of your own at the provider.',
    type: AutoConnectAuthorizeResponse,
    alternative: AutoConnectNeedsClientResponse,
    errors: [400, 409, 422, 502],
    headers,
  })
  autoConnect(
    @Scope() scope: WorkspaceScope,
    @Body() body: AutoConnectDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AutoConnectAuthorizeResponse | AutoConnectNeedsClientResponse> {
    return this.connections.connect(scope, body, this.browser.bind(response)).then(toAutoConnectResponse);
  }
}
