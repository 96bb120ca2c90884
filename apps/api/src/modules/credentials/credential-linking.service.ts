import { Injectable } from '@nestjs/common';
import { Clock, type WorkspaceScope } from '#kernel';
import { CredentialCrewsRepository } from './credential-crews.repository.js';
import { viewerOf } from './credential-viewer.js';
import { credentialErrors } from './credentials.errors.js';

/** Links credentials to crews. Runs in the caller's transaction. */
@Injectable()
export class CredentialLinkingService {
  constructor(
    private readonly repository: CredentialCrewsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Checks that the caller may limit a credential to these crews, and keeps them alive until the transaction ends.
   * @throws AppError `credential.invalid_crew` naming the first that is missing, foreign, or below MANAGER not their own.
   */
  async hold(scope: WorkspaceScope, crewIds: readonly string[]): Promise<void> {
    const linkable = await this.repository.holdLinkable(scope, crewIds, viewerOf(scope));
    const wrong = crewIds.find((id) => !linkable.has(id));
    if (wrong !== undefined) throw credentialErrors.invalidCrew({ params: { crewId: wrong } });
  }

  /** Makes these crews the credential's only ones. */
  link(credentialId: string, crewIds: readonly string[]): Promise<void> {
    return this.repository.replace(credentialId, crewIds, this.clock.now());
  }
}

/** The crews that a body names; undefined when it names none at all. */
export function crewIdsOf(dto: { crew_id?: string; crew_ids?: string[] }): string[] | undefined {
  const single = dto.crew_id ? [dto.crew_id] : [];
  const many = (dto.crew_ids ?? undefined)?.filter((id) => id !== '');
  if (many === undefined && single.length === 0) return undefined;
  return [...new Set([...single, ...(many ?? [])])];
}
