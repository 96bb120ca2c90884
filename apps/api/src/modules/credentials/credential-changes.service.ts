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
   * Changes a credential. A new value makes it ACTIVE, clears what went wrong with the old one and ends the grant that
   * renewed it; `crew_ids` replaces the crews. A token URL at another origin forgets the refresh token and, unless a new
   * one is given, the client's secret: neither is ever sent to a server that it did not come from.
   * @throws AppError `credential.nothing_to_update` (400), `credential.name_taken` (409).
   */
  update(scope: WorkspaceScope, id: string, body: LateBody<UpdateCredentialDto>): Promise<CredentialResponse> {
    return this.transactions.run(async () => {
      const before = await this.writing.lock(scope, id);
      const dto = body.read();
      const value = dto.value ? dto.value : null;
      const crewIds = crewIdsOf(dto);
      const oauth: Partial<ReturnType<typeof oauthColumnsOf>> = before.type === 'OAUTH2' ? oauthColumnsOf(dto) : {};
      const leaves = leavesItsServer(before, oauth.oauthTokenUrl);
      const change = {
        name: dto.name === undefined || dto.name === null ? undefined : nameOf(dto.name),
        ...columnsOf(dto),
        ...oauth,
        ...(value !== null && newValueColumns(before, dto)),
        ...(leaves && { sealedRefreshToken: null }),
        scope: crewIds === undefined ? undefined : crewIds.length > 0 ? 'CREW' : 'WORKSPACE',
      };
      const clientSecret = before.type === 'OAUTH2' ? clientSecretOf(dto, leaves) : undefined;
      const changesNothing = Object.values(change).every((each) => each === undefined);
      if (changesNothing && clientSecret === undefined) throw credentialErrors.nothingToUpdate();
      keepUsername(before, change.username);
      const written = { ...change, updatedAt: this.clock.now() };
      await this.writing.update(scope, before, written, { value, clientSecret, crewIds });
      return this.credentials.get(scope, id);
    });
  }
}

// The expiry of a token says nothing about the one that replaces it.
function newValueColumns(before: CredentialInContext, { token_expires_at }: UpdateCredentialDto) {
  const forgetsExpiry = before.type === 'OAUTH2' && token_expires_at === undefined;
  const health = { status: 'ACTIVE', lastError: null, lastErrorClass: null };
  return { ...health, ...(forgetsExpiry && { tokenExpiresAt: null }) };
}

function clientSecretOf({ oauth_client_secret }: UpdateCredentialDto, leaves: boolean): string | null | undefined {
  return oauth_client_secret === undefined && leaves ? null : oauth_client_secret;
}

function leavesItsServer({ oauthTokenUrl: before }: CredentialInContext, after: string | null | undefined): boolean {
  if (before === null || after === undefined) return false;
  return after === null || !URL.canParse(before) || new URL(before).origin !== new URL(after).origin;
}

function keepUsername(before: CredentialInContext, username: string | null | undefined): void {
  if (username !== undefined) requireUsername(before.type, username);
}
