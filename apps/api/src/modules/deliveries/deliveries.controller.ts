import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited, NotAudited } from '#audit-log';
import { Endpoint, PageQuery } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { WorkspaceParameter } from '../workspaces/workspace-parameter.decorator.js';
import { DeliveryReadingService } from './delivery-reading.service.js';
import { DeliveryRepeatsService } from './delivery-repeats.service.js';
import { DeliveryTakingService } from './delivery-taking.service.js';
import { DeliveryAttemptResponse, DeliveryDetailResponse, DeliveryResponse } from './dto/delivery.response.js';
import { ListDeliveriesQuery } from './dto/list-deliveries.query.js';
import { ReplyToDeliveryDto } from './dto/reply-to-delivery.dto.js';

/** Messages and events on their way to agents: looking at them, and pulling them. */
@ApiTags('Deliveries')
@Controller('api/v1/workspaces/:workspaceId/deliveries')
export class DeliveriesController {
  constructor(
    private readonly reading: DeliveryReadingService,
    private readonly taking: DeliveryTakingService,
    private readonly repeats: DeliveryRepeatsService,
  ) {}

  @Get()
  @WorkspaceParameter()
  @Access('delivery:read', { in: 'path', orWorkspaceToken: true })
  @Endpoint({
    id: 'listDeliveries',
    summary: 'Pull deliveries, or look at them',
    description:
      'Without `status`: what can be pulled, that is neither delivered nor acknowledged, in the order of its queue. ' +
      'Acknowledge what you have taken; it comes again otherwise. `wait_seconds` waits for the first one. For ten minutes ' +
      'after a program has asked, deliveries without an endpoint wait for it.',
    type: [DeliveryResponse],
    paged: true,
    errors: [400, 404],
  })
  list(@Scope() scope: WorkspaceScope, @Query() query: ListDeliveriesQuery): Promise<Page<DeliveryResponse>> {
    return this.reading.list(scope, query);
  }

  @Get(':deliveryId')
  @WorkspaceParameter()
  @Access('delivery:read', { in: 'path', orWorkspaceToken: true })
  @Endpoint({
    id: 'getDelivery',
    summary: 'Get one delivery with its attempts',
    type: DeliveryDetailResponse,
    errors: [404],
  })
  get(@Scope() scope: WorkspaceScope, @Param('deliveryId') id: string): Promise<DeliveryDetailResponse> {
    return this.reading.get(scope, id);
  }

  @Get(':deliveryId/attempts')
  @WorkspaceParameter()
  @Access('delivery:read', { in: 'path', orWorkspaceToken: true })
  @Endpoint({
    id: 'listDeliveryAttempts',
    summary: 'List the attempts at a delivery',
    description: 'Newest first.',
    type: [DeliveryAttemptResponse],
    paged: true,
    errors: [404],
  })
  attempts(
    @Scope() scope: WorkspaceScope,
    @Param('deliveryId') id: string,
    @Query() page: PageQuery,
  ): Promise<Page<DeliveryAttemptResponse>> {
    return this.reading.attempts(scope, id, page);
  }

  @Post(':deliveryId/acknowledge')
  @WorkspaceParameter()
  @Access('delivery:update', { in: 'path', orWorkspaceToken: true })
  @NotAudited('the delivery itself says that it was acknowledged, and when')
  @Endpoint({
    id: 'acknowledgeDelivery',
    summary: 'Say that a delivery was taken',
    description: 'It is not sent again. Saying so again changes nothing.',
    type: DeliveryResponse,
    errors: [404, 409],
  })
  acknowledge(@Scope() scope: WorkspaceScope, @Param('deliveryId') id: string): Promise<DeliveryResponse> {
    return this.taking.acknowledge(scope, id);
  }

  @Post(':deliveryId/reply')
  @WorkspaceParameter()
  @Access('delivery:update', { in: 'path', orWorkspaceToken: true })
  @NotAudited('the delivery itself says what was answered, and when')
  @Endpoint({
    id: 'replyToDelivery',
    summary: 'Answer a message',
    description:
      'Once, within five minutes of the delivery: 409 when it was answered already, 410 when it is too late. Acknowledges ' +
      'the delivery too.',
    type: DeliveryResponse,
    errors: [400, 404, 409, 410],
  })
  reply(
    @Scope() scope: WorkspaceScope,
    @Param('deliveryId') id: string,
    @Body() body: ReplyToDeliveryDto,
  ): Promise<DeliveryResponse> {
    return this.taking.reply(scope, id, body.text);
  }

  @Post(':deliveryId/redeliver')
  @WorkspaceParameter()
  @Access('delivery:update', { in: 'path', orWorkspaceToken: true })
  @Audited('delivery.redeliver')
  @Endpoint({
    id: 'redeliver',
    summary: 'Send a delivery again that did not arrive',
    description:
      'Only what is `dead` or `no_endpoint`. It keeps its id and its place, and begins with its first attempt.',
    type: DeliveryResponse,
    errors: [404, 409],
  })
  redeliver(@Scope() scope: WorkspaceScope, @Param('deliveryId') id: string): Promise<DeliveryResponse> {
    return this.repeats.redeliver(scope, id);
  }
}
