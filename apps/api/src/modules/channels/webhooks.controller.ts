import { Controller, Param, Post, Query, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Caller, Public } from '#access';
import { Audited, NotAudited } from '#audit-log';
import { Endpoint } from '#http';
import type { CallerScope } from '#kernel';
import { GithubReceiptResponse } from './dto/github-receipt.response.js';
import { ReceiveWebhookQuery } from './dto/receive-webhook.query.js';
import { WebhookReceiptResponse } from './dto/webhook-receipt.response.js';
import { GithubWebhooksService } from './github-webhooks.service.js';
import { InboundService } from './inbound.service.js';
import { Raw, type RawRequest } from './raw-request.decorator.js';

const signed = 'The platform signs what it sends; without that nothing is taken';
const ignored = { status: 202, description: 'Nothing to do.', type: GithubReceiptResponse };

/** What chat platforms and GitHub send. */
@ApiTags('Channels')
@Controller('api/v1/webhooks')
export class WebhooksController {
  constructor(
    private readonly inbound: InboundService,
    private readonly github: GithubWebhooksService,
  ) {}

  @Post(':type')
  @Public(signed)
  @Audited('channel.disable')
  @Endpoint({
    id: 'receiveWebhook',
    summary: 'Take what a chat platform sends',
    description:
      'Verified as the platform signs: Telegram’s secret token, Slack’s `v0` signature, Discord’s Ed25519 signature, Lark’s verification token and signature. Times may differ by 5 minutes. A message that comes again is taken once. Handshakes are answered as the platform wants them.',
    type: WebhookReceiptResponse,
    errors: [400, 401, 404, 413],
  })
  receive(
    @Caller() caller: CallerScope,
    @Param('type') type: string,
    @Query() query: ReceiveWebhookQuery,
    @Raw() request: RawRequest,
  ): Promise<WebhookReceiptResponse> {
    return this.inbound.receive(caller, { type, channelId: query.channel ?? null }, request);
  }

  @Post('github')
  @Public(signed)
  @NotAudited('The message and its run tell of it')
  @ApiResponse(ignored)
  @Endpoint({
    id: 'receiveGithubWebhook',
    summary: 'Take an event of GitHub for the workspace that its payload names',
    description:
      'Signed with `GITHUB_WEBHOOK_SECRET` (`X-Hub-Signature-256`). Comments and failed workflow runs become messages to the lead agent. The same bytes are taken once.',
    type: GithubReceiptResponse,
    errors: [400, 401, 404, 413],
  })
  async receiveGithub(@Raw() request: RawRequest, @Res({ passthrough: true }) response: Response) {
    return withStatus(response, await this.github.receive(request, null));
  }

  @Post('github/:workspaceId')
  @Public(signed)
  @NotAudited('The message and its run tell of it')
  @ApiResponse(ignored)
  @Endpoint({
    id: 'receiveWorkspaceGithubWebhook',
    summary: 'Take an event of GitHub for a workspace',
    type: GithubReceiptResponse,
    errors: [400, 401, 404, 413],
  })
  async receiveWorkspaceGithub(
    @Raw() request: RawRequest,
    @Param('workspaceId') workspaceId: string,
    @Res({ passthrough: true }) response: Response,
  ) {
    return withStatus(response, await this.github.receive(request, workspaceId));
  }
}

function withStatus(response: Response, receipt: GithubReceiptResponse): GithubReceiptResponse {
  if (receipt.status === 'ignored') response.status(ignored.status);
  return receipt;
}
