import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { Endpoint } from '#http';
import type { WorkspaceScope } from '#kernel';
import { DeletedResponse } from '../server-settings/dto/deleted.response.js';
import { ConnectedResponse } from './dto/connected.response.js';
import { ExchangeCodeDto } from './dto/exchange-code.dto.js';
import { FinishFlowDto } from './dto/finish-flow.dto.js';
import { FlowResponse } from './dto/flow.response.js';
import { FlowFinish } from './flow-finish.service.js';
import { toConnectedResponse } from './oauth-flows.mapper.js';
import { PendingFlowsService } from './pending-flows.service.js';

/** Authorizations that are under way, and the clients that finish them (seed 000). */
@ApiTags('OAuth')
@Controller('api/v1/oauth')
export class OauthFlowsController {
  constructor(
    private readonly finishing: FlowFinish,
    private readonly pending: PendingFlowsService,
  ) {}

  @Post('finish')
  @Access('oauth:create', { orCapability: 'credential.create' })
  @Audited('oauth.connect', 'oauth.fail', 'oauth.session_mismatch', 'oauth.tokens_lost')
  @Endpoint({
    id: 'finishOauthFlow',
    summary: 'Finish a flow with the answer that the provider sent to your client',
    description:
      'Only for the person who started it. Give the URL that the browser was sent to, or its parameters. The state is used ' +
      'up, also by an answer that is an error; a failure leaves the credential as it was.',
    type: ConnectedResponse,
    errors: [400, 403, 404, 422, 502],
  })
  finish(@Scope() scope: WorkspaceScope, @Body() body: FinishFlowDto): Promise<ConnectedResponse> {
    return this.finishing.finish(scope, body).then(toConnectedResponse);
  }

  @Post('exchange')
  @Access('oauth:create', { orCapability: 'credential.create' })
  @Audited('oauth.connect', 'oauth.fail', 'oauth.session_mismatch', 'oauth.tokens_lost')
  @Endpoint({
    id: 'exchangeOauthCode',
    summary: 'Exchange an authorization code for tokens',
    description:
      'With `state`: finishes that flow, for the person who started it. Without: for an authorization request of your own, ' +
      'with its `code_verifier`, and its `redirect_uri` where that is not our callback: one that is registered for the ' +
      'workspace, or a loopback address.',
    type: ConnectedResponse,
    errors: [400, 403, 404, 422, 502],
  })
  exchange(@Scope() scope: WorkspaceScope, @Body() body: ExchangeCodeDto): Promise<ConnectedResponse> {
    return this.finishing.exchange(scope, body).then(toConnectedResponse);
  }

  @Get('flows/:flowId')
  @Access('oauth:read')
  @Endpoint({
    id: 'getOauthFlow',
    summary: 'Look at how a flow stands',
    description: 'One’s own; administrators see everybody’s. Flows are kept for a week after their end.',
    type: FlowResponse,
    errors: [404],
  })
  get(@Scope() scope: WorkspaceScope, @Param('flowId') id: string): Promise<FlowResponse> {
    return this.pending.get(scope, id);
  }

  @Delete('flows/:flowId')
  @Access('oauth:create', { orCapability: 'credential.create' })
  @Audited('oauth.cancel', 'credential.delete')
  @Endpoint({
    id: 'deleteOauthFlow',
    summary: 'Call a flow off',
    description:
      'One’s own; administrators may call off everybody’s. Its state stops working, and a credential that was made for it ' +
      'and never connected goes with it. What a finished flow connected stays.',
    type: DeletedResponse,
    errors: [404],
  })
  remove(@Scope() scope: WorkspaceScope, @Param('flowId') id: string): Promise<DeletedResponse> {
    return this.pending.remove(scope, id);
  }
}
