import { Injectable } from '@nestjs/common';
import { redacted, redactedDiff } from '#audit-log';
import type { LateBody } from '#http';
import { Clock, Ids, Transactions, type WorkspaceScope } from '#kernel';
import { given } from '../../platform/given.js';
import { CrewBlobService } from './crew-blob.service.js';
import { checkSettings } from './crew-rules.js';
import { CrewTiesService } from './crew-ties.service.js';
import { CrewWritingService } from './crew-writing.service.js';
import { crewErrors } from './crews.errors.js';
import { blankCrew, settingsOf, toCrewResponse } from './crews.mapper.js';
import type { CreateCrewDto } from './dto/create-crew.dto.js';
import type { CrewResponse } from './dto/crew.response.js';
import type { UpdateCrewDto } from './dto/update-crew.dto.js';

/** Making, changing and deleting crews. */
@Injectable()
export class CrewChangesService {
  constructor(
    private readonly writing: CrewWritingService,
    private readonly blobs: CrewBlobService,
    private readonly ties: CrewTiesService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Makes a crew. The creator does not become a member. @throws AppError `crew.slug_taken` (409), 400, 403. */
  create(scope: WorkspaceScope, dto: CreateCrewDto): Promise<CrewResponse> {
    checkSettings(dto, scope.role);
    const base = { id: this.ids.next(), workspaceId: scope.workspaceId, name: dto.name, slug: dto.slug };
    const crew = { ...blankCrew(base, this.clock.now()), ...given(settingsOf(dto)) };
    return this.transactions.run(async () => {
      await this.writing.insert(crew);
      const { stored, added, warnings } = await this.blobs.import(scope, crew.id, dto.mcp_config_json);
      const row = { ...crew, mcpConfigJson: stored ?? null };
      if (row.mcpConfigJson !== null) {
        await this.writing.update(scope, crew.id, { mcpConfigJson: row.mcpConfigJson, updatedAt: crew.updatedAt });
      }
      const metadata = { ...redacted({ ...row }), ...(added.length > 0 && { integrationsAdded: added }) };
      await this.writing.record(scope, 'crew.create', crew, metadata);
      return toCrewResponse({ ...row, agentCount: 0, memberCount: 0 }, warnings);
    });
  }

  /** Changes a crew; an empty body changes nothing. @throws AppError 404, then 400, 403, `crew.slug_taken` (409). */
  update(scope: WorkspaceScope, id: string, body: LateBody<UpdateCrewDto>): Promise<CrewResponse> {
    return this.transactions.run(async () => {
      const before = await this.writing.lock(scope, id);
      const dto = body.read();
      checkSettings(dto, scope.role);
      const { stored, added, warnings } = await this.blobs.import(scope, id, dto.mcp_config_json);
      const change = {
        name: dto.name ?? undefined,
        slug: dto.slug ?? undefined,
        ...settingsOf(dto),
        mcpConfigJson: stored,
      };
      if (Object.values(change).every((value) => value === undefined)) return toCrewResponse(before);
      const written = { ...change, updatedAt: this.clock.now() };
      await this.writing.update(scope, id, written);
      const metadata = {
        ...redactedDiff({ ...before }, written),
        ...(added.length > 0 && { integrationsAdded: added }),
      };
      await this.writing.record(scope, 'crew.update', before, metadata);
      return toCrewResponse({ ...before, ...given(written) }, warnings);
    });
  }

  /** Deletes a crew with its agents, integrations, memberships and links. @throws AppError `crew.not_found`. */
  remove(scope: WorkspaceScope, id: string): Promise<{ success: true }> {
    return this.transactions.run(async () => {
      const before = await this.writing.lock(scope, id);
      const removed = await this.ties.removeCrew(scope, id, this.clock.now());
      if (!removed) throw crewErrors.notFound();
      await this.writing.record(scope, 'crew.delete', before, { ...removed });
      return { success: true };
    });
  }
}
