import { Injectable } from '@nestjs/common';
import { Clock, Ids, type WorkspaceScope } from '#kernel';
import { blankCredential } from './blank-credential.js';
import { CredentialWritingService } from './credential-writing.service.js';

/** Makes credentials of the variables that a template brings. */
@Injectable()
export class ImportedCredentialsService {
  constructor(
    private readonly writing: CredentialWritingService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Makes one secret of the workspace for each variable, under the variable's name, in the caller's transaction.
   * @throws AppError `credential.name_taken`, or that a value is longer than a credential may be.
   */
  async insertAll(scope: WorkspaceScope, variables: ReadonlyMap<string, string>): Promise<void> {
    for (const [name, value] of variables) {
      const now = this.clock.now();
      const draft = {
        ...blankCredential,
        id: this.ids.next(),
        workspaceId: scope.workspaceId,
        name,
        type: 'SECRET',
        status: 'ACTIVE',
        scope: 'WORKSPACE',
        createdByActorType: scope.actor.kind,
        createdByActorId: scope.actor.userId,
        createdAt: now,
        updatedAt: now,
      };
      await this.writing.insert(scope, draft, { value, clientSecret: undefined, crewIds: undefined });
    }
  }
}
