import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import { type LateBody, requireObjects, type TaggedAnswer } from '#http';
import { Clock, raise, type WorkspaceScope } from '#kernel';
import { applyChanges, credentialsNeeded, type EffectiveServer, explain, resolve } from '#resolver-core';
import type { ResolutionExplanationResponse } from './dto/explanation.response.js';
import type { PreviewResolutionDto } from './dto/preview-resolution.dto.js';
import { toExplanationResponse } from './explanation.mapper.js';
import { toChanges } from './preview-changes.js';
import { resolutionErrors } from './resolution.errors.js';
import { toResolvedIntegration } from './resolution.mapper.js';
import { ResolutionRepository } from './resolution.repository.js';
import { type ResolutionSnapshot, ResolutionSnapshots } from './resolution-snapshots.js';

// Part of every entity tag: raise it when the shape of the answer changes.
const shapeVersion = 1;

/** The one resolver: what an agent effectively has, and why. */
@Injectable()
export class ResolutionService {
  readonly #snapshots = new ResolutionSnapshots();
  // An answer depends on the server's settings too, which no revision knows of.
  readonly #tagPrefix: string;

  constructor(
    private readonly repository: ResolutionRepository,
    private readonly clock: Clock,
    { composio }: AppConfig,
  ) {
    this.#tagPrefix = `${shapeVersion}${composio.defaultConnector ? 'd' : ''}${composio.apiKey === null ? '' : 'k'}`;
  }

  /**
   * The agent's effective servers. Made anew only when the workspace's configuration has changed since the last time.
   * @throws AppError `resolution.agent_not_found`
   */
  async resolved(scope: WorkspaceScope, agentId: string): Promise<TaggedAnswer> {
    const kept = this.#snapshots.find(scope.workspaceId, agentId, scope.revision);
    if (kept) return kept;
    const rows = (await this.repository.findRows(scope, agentId)) ?? raise(resolutionErrors.agentNotFound());
    const { servers } = resolve(rows.input, this.clock.now());
    const body = JSON.stringify(servers.map(toResolvedIntegration));
    const snapshot: ResolutionSnapshot = {
      agentId,
      workspaceId: scope.workspaceId,
      revision: rows.revision,
      etag: `"${this.#tagPrefix}-${rows.revision}"`,
      body,
      bytes: Buffer.byteLength(body),
    };
    this.#snapshots.keep(snapshot);
    return snapshot;
  }

  /** The agent's effective servers as the cascade settles them, read anew; null when the workspace has no such agent. */
  async findEffective(
    scope: Pick<WorkspaceScope, 'workspaceId'>,
    agentId: string,
  ): Promise<readonly EffectiveServer[] | null> {
    const rows = await this.repository.findRows(scope, agentId);
    return rows && resolve(rows.input, this.clock.now()).servers;
  }

  /** The same with the reasons. Depends on the time too (a credential expires), so it is made anew every time. */
  async explained(scope: WorkspaceScope, agentId: string): Promise<TaggedAnswer> {
    const rows = await this.repository.findRowsWithReferences(scope, agentId);
    const { input } = rows ?? raise(resolutionErrors.agentNotFound());
    const body = JSON.stringify(toExplanationResponse(agentId, explain(input, this.clock.now())));
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    return { etag, body, bytes: Buffer.byteLength(body) };
  }

  /** The explanation as it would be after changes that are not saved. */
  async preview(
    scope: WorkspaceScope,
    agentId: string,
    body: LateBody<PreviewResolutionDto>,
  ): Promise<ResolutionExplanationResponse> {
    // Without the credentials: which ones are needed is known only after the changes.
    const rows = await this.repository.findRows(scope, agentId);
    const { input } = rows ?? raise(resolutionErrors.agentNotFound());
    requireObjects(body, 'changes');
    const changed = applyChanges(input, toChanges(body.read().changes, input));
    const needed = credentialsNeeded(changed);
    const credentials = await this.repository.findCredentials(scope, needed.ids, needed.names);
    return toExplanationResponse(agentId, explain({ ...changed, credentials }, this.clock.now()));
  }
}
