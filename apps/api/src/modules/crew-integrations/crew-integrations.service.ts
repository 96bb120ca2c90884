import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, raise, type WorkspaceScope } from '#kernel';
import { crewIntegrationErrors } from './crew-integrations.errors.js';
import { toCrewIntegrationResponse, toOverviewResponse } from './crew-integrations.mapper.js';
import { CrewIntegrationsRepository } from './crew-integrations.repository.js';
import type { DetailedCrewIntegration } from './crew-integrations.types.js';
import type { CrewIntegrationResponse } from './dto/crew-integration.response.js';
import type { CrewIntegrationOverviewResponse } from './dto/crew-integration-overview.response.js';

/** Reading the MCP servers of crews. */
@Injectable()
export class CrewIntegrationsService {
  constructor(private readonly repository: CrewIntegrationsRepository) {}

  /** One page of the servers of all crews, by the names of crew and server. */
  async listAll(scope: WorkspaceScope, page: PageRequest): Promise<Page<CrewIntegrationOverviewResponse>> {
    const { items, total } = await this.repository.findAll(scope, page);
    return { items: items.map(toOverviewResponse), total };
  }

  /**
   * One page of a crew's servers, newest first.
   * @throws AppError `crew_integration.crew_not_found`, also for another workspace's crew.
   */
  async list(scope: WorkspaceScope, crewId: string, page: PageRequest): Promise<Page<CrewIntegrationResponse>> {
    if (!(await this.repository.hasCrew(scope, crewId))) throw crewIntegrationErrors.crewNotFound();
    const { items, total } = await this.repository.findMany(scope, crewId, page);
    return { items: items.map(toCrewIntegrationResponse), total };
  }

  /** @throws AppError `crew_integration.not_found`, also when the crew is missing or another one's. */
  async get(scope: WorkspaceScope, crewId: string, id: string): Promise<CrewIntegrationResponse> {
    return toCrewIntegrationResponse(await this.getRow(scope, crewId, id));
  }

  /** The stored row, for features that work on servers. */
  async getRow(scope: WorkspaceScope, crewId: string, id: string): Promise<DetailedCrewIntegration> {
    return (await this.repository.findById(scope, crewId, id)) ?? raise(crewIntegrationErrors.notFound());
  }
}
