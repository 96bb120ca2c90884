import { Body, Controller, Delete, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { Endpoint } from '#http';
import type { WorkspaceScope } from '#kernel';
import { WorkspaceParameter } from '../workspaces/workspace-parameter.decorator.js';
import { DeliveryEndpointsService } from './delivery-endpoints.service.js';
import { DeliveryEndpointResponse } from './dto/delivery-endpoint.response.js';
import { PutDeliveryEndpointDto } from './dto/put-delivery-endpoint.dto.js';

/** Where the deliveries of a workspace are posted to. */
@ApiTags('Deliveries')
@Controller('api/v1/workspaces/:workspaceId/delivery-endpoint')
export class DeliveryEndpointsController {
  constructor(private readonly endpoints: DeliveryEndpointsService) {}

  @Get()
  @WorkspaceParameter()
  @Access('delivery:read', { in: 'path', orWorkspaceToken: true })
  @Endpoint({
    id: 'getDeliveryEndpoint',
    summary: 'Get where deliveries of the workspace are posted to',
    type: DeliveryEndpointResponse,
    errors: [404],
  })
  get(@Scope() scope: WorkspaceScope): Promise<DeliveryEndpointResponse> {
    return this.endpoints.get(scope, null);
  }

  @Put()
  @WorkspaceParameter()
  @Access('delivery:manage', { in: 'path', orWorkspaceToken: true })
  @Audited('delivery_endpoint.update')
  @Endpoint({
    id: 'putDeliveryEndpoint',
    summary: 'Set where deliveries of the workspace are posted to',
    description:
      'For every agent without an endpoint of its own. The signing secret is in the answer when the endpoint is new or ' +
      '`rotate_secret` is true, and never again. One that was disabled is in use again.',
    type: DeliveryEndpointResponse,
    errors: [400, 404],
  })
  put(@Scope() scope: WorkspaceScope, @Body() body: PutDeliveryEndpointDto): Promise<DeliveryEndpointResponse> {
    return this.endpoints.put(scope, null, body);
  }

  @Delete()
  @WorkspaceParameter()
  @Access('delivery:manage', { in: 'path', orWorkspaceToken: true })
  @Audited('delivery_endpoint.delete')
  @Endpoint({
    id: 'deleteDeliveryEndpoint',
    summary: 'Stop posting deliveries of the workspace',
    description: 'They can be pulled from then on.',
    status: 204,
    errors: [404],
  })
  remove(@Scope() scope: WorkspaceScope): Promise<void> {
    return this.endpoints.remove(scope, null);
  }
}
