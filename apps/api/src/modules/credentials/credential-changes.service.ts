import { Injectable } from '@nestjs/common';
import type { LateBody } from '#http';
import { Clock, Transactions, type WorkspaceScope } from '#kernel';
import { columnsOf, oauthColumnsOf } from './credential-columns.js';
import { crewIdsOf } from './credential-linking.service.js';
import { nameOf, requireUsername } from './credential-rules.js';
import { CredentialWritingService } from './credential-writing.service.js';
import { credentialErrors } from './credentials.errors.js';
import { CredentialsService } from './credentials.service.js';
import type { CredentialInContext } from './credentials.types.js';
import type { CredentialResponse } from './dto/credential.response.js';
import type { UpdateCredentialDto } from './dto/update-credential.dto.js';

/** Changing credentials. */
@Injectable()
export class CredentialChangesService {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly writing: CredentialWritingService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes a credential. A new value makes it ACTIVE and clears the last error; `crew_ids` replaces the crews.
   * @throws AppError `credential.nothing_to_update` (400), `credential.name_taken` (409).
   */
  update(scope: WorkspaceScope, id: string, body: LateBody<UpdateCredentialDto>): Promise<CredentialResponse> {
    return this.transactions.run(async () => {
      const before = await this.writing.lock(scope, id);
      const dto = body.read();
      const value = dto.value ? dto.value : null;
      const crewIds = crewIdsOf(dto);
      const isOauth = before.type === 'OAUTH2';
      const change = {
        name: dto.name === undefined || dto.name === null ? undefined : nameOf(dto.name),
        ...columnsOf(dto),
        ...(isOauth && oauthColumnsOf(dto)),
        ...(value !== null && { status: 'ACTIVE', lastError: null, lastErrorClass: null }),
        scope: crewIds === undefined ? undefined : crewIds.length > 0 ? 'CREW' : 'WORKSPACE',
      };
      const clientSecret = isOauth ? dto.oauth_client_secret : undefined;
      const changesNothing = Object.values(change).every((each) => each === undefined);
      if (changesNothing && clientSecret === undefined) throw credentialErrors.nothingToUpdate();
      keepUsername(before, change.username);
      const written = { ...change, updatedAt: this.clock.now() };
      await this.writing.update(scope, before, written, { value, clientSecret, crewIds });
      return this.credentials.get(scope, id);
    });
  }
}

function keepUsername(before: CredentialInContext, username: string | null | undefined): void {
  if (username !== undefined) requireUsername(before.type, username);
}
