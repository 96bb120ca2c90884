import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { AgentsService } from '../agents/agents.service.js';
import { DeliveryEndpointsService } from './delivery-endpoints.service.js';
import type { DeliveryEndpointResponse } from './dto/delivery-endpoint.response.js';
import type { PutDeliveryEndpointDto } from './dto/put-delivery-endpoint.dto.js';

/** Endpoints of single agents. Every method throws `agent.not_found` for an agent that is not there, or not of the workspace. */
@Injectable()
export class AgentEndpointsService {
  constructor(
    private readonly agents: AgentsService,
    private readonly endpoints: DeliveryEndpointsService,
  ) {}

  /** The agent's own endpoint. @throws AppError `delivery.endpoint_not_found`. */
  async get(scope: WorkspaceScope, agentId: string): Promise<DeliveryEndpointResponse> {
    await this.agents.getRow(scope, agentId);
    return await this.endpoints.get(scope, agentId);
  }

  /** As `DeliveryEndpointsService.put`. */
  async put(scope: WorkspaceScope, agentId: string, dto: PutDeliveryEndpointDto): Promise<DeliveryEndpointResponse> {
    await this.agents.getRow(scope, agentId);
    return await this.endpoints.put(scope, agentId, dto);
  }

  /** As `DeliveryEndpointsService.remove`. */
  async remove(scope: WorkspaceScope, agentId: string): Promise<void> {
    await this.agents.getRow(scope, agentId);
    await this.endpoints.remove(scope, agentId);
  }
}
