import { Body, Controller, Delete, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { Endpoint } from '#http';
import type { WorkspaceScope } from '#kernel';
import { WorkspaceParameter } from '../workspaces/workspace-parameter.decorator.js';
import { AgentEndpointsService } from './agent-endpoints.service.js';
import { DeliveryEndpointResponse } from './dto/delivery-endpoint.response.js';
import { PutDeliveryEndpointDto } from './dto/put-delivery-endpoint.dto.js';

/** Where the deliveries of one agent are posted to, in place of the workspace's endpoint. */
@ApiTags('Deliveries')
@Controller('api/v1/workspaces/:workspaceId/agents/:agentId/delivery-endpoint')
export class AgentEndpointsController {
  constructor(private readonly endpoints: AgentEndpointsService) {}

  @Get()
  @WorkspaceParameter()
  @Access('delivery:read', { in: 'path', orWorkspaceToken: true })
  @Endpoint({
    id: 'getAgentDeliveryEndpoint',
    summary: 'Get where deliveries of an agent are posted to',
    type: DeliveryEndpointResponse,
    errors: [404],
  })
  get(@Scope() scope: WorkspaceScope, @Param('agentId') agentId: string): Promise<DeliveryEndpointResponse> {
    return this.endpoints.get(scope, agentId);
  }

  @Put()
  @WorkspaceParameter()
  @Access('delivery:manage', { in: 'path', orWorkspaceToken: true })
  @Audited('delivery_endpoint.update')
  @Endpoint({
    id: 'putAgentDeliveryEndpoint',
    summary: 'Set where deliveries of an agent are posted to',
    description:
      'Messages sent from now on go there, in an order of their own. The signing secret is in the answer when the endpoint ' +
      'is new or `rotate_secret` is true, and never again. One that was disabled is in use again.',
    type: DeliveryEndpointResponse,
    errors: [400, 404],
  })
  put(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') agentId: string,
    @Body() body: PutDeliveryEndpointDto,
  ): Promise<DeliveryEndpointResponse> {
    return this.endpoints.put(scope, agentId, body);
  }

  @Delete()
  @WorkspaceParameter()
  @Access('delivery:manage', { in: 'path', orWorkspaceToken: true })
  @Audited('delivery_endpoint.delete')
  @Endpoint({
    id: 'deleteAgentDeliveryEndpoint',
    summary: 'Post deliveries of an agent to the workspace’s endpoint again',
    status: 204,
    errors: [404],
  })
  remove(@Scope() scope: WorkspaceScope, @Param('agentId') agentId: string): Promise<void> {
    return this.endpoints.remove(scope, agentId);
  }
}
