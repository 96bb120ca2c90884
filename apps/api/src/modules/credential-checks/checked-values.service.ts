import { Injectable } from '@nestjs/common';
import { raise, type Secret, type WorkspaceScope } from '#kernel';
import { Vault } from '#vault';
import { credentialErrors } from '../credentials/credentials.errors.js';
import { OauthTokensService } from '../oauth-tokens/oauth-tokens.service.js';
import { type CheckedCredential, CredentialChecksRepository } from './credential-checks.repository.js';

/** Stored values on their way to a provider. */
@Injectable()
export class CheckedValuesService {
  constructor(
    private readonly repository: CredentialChecksRepository,
    private readonly tokens: OauthTokensService,
    private readonly vault: Vault,
  ) {}

  /** A live credential; OAuth tokens that are about to end are renewed first. @throws AppError `credential.not_found`. */
  async find(scope: WorkspaceScope, id: string): Promise<CheckedCredential> {
    const row = await this.#row(scope, id);
    if (row.type !== 'OAUTH2') return row;
    await this.tokens.ensureFresh(scope, [id]);
    return this.#row(scope, id);
  }

  /** Its value; null when it has none. @throws AppError `vault.unreadable` (500) for one that does not open. */
  async open({ workspaceId }: WorkspaceScope, { id, sealedValue }: CheckedCredential): Promise<Secret | null> {
    if (sealedValue === null) return null;
    return this.vault.open(sealedValue, { workspaceId, table: 'credentials', column: 'sealed_value', rowId: id });
  }

  async #row(scope: WorkspaceScope, id: string): Promise<CheckedCredential> {
    return (await this.repository.findById(scope, id)) ?? raise(credentialErrors.notFound());
  }
}
