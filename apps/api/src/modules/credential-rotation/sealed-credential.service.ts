import { Injectable } from '@nestjs/common';
import { raise, Secret, type WorkspaceScope } from '#kernel';
import { Vault } from '#vault';
import { credentialErrors } from '../credentials/credentials.errors.js';
import { type PreviousValue, packPrevious, unpackPrevious } from './previous-value.js';
import { RotatedCredentialsRepository, type SealedCredential } from './rotated-credentials.repository.js';

type SealedName = 'sealed_value' | 'sealed_previous_value' | 'sealed_refresh_token' | 'sealed_oauth_client_secret';

/** Opens and seals what rotation moves about. */
@Injectable()
export class SealedCredentialService {
  constructor(
    private readonly repository: RotatedCredentialsRepository,
    private readonly vault: Vault,
  ) {}

  /** A live credential of the workspace with its sealed columns. @throws AppError `credential.not_found`. */
  async find(scope: WorkspaceScope, id: string): Promise<SealedCredential> {
    return (await this.repository.findSealed(scope, id)) ?? raise(credentialErrors.notFound());
  }

  /** The column for the present value, username and expiry; null when there is no value. */
  async keepPrevious(row: SealedCredential): Promise<string | null> {
    const value = await this.open(row, 'sealed_value', row.sealedValue);
    if (value === null) return null;
    return this.seal(row, 'sealed_previous_value', packPrevious({ ...row, value }));
  }

  /** What the last rotation kept; null when it kept nothing. */
  async previousOf(row: SealedCredential): Promise<PreviousValue | null> {
    const opened = await this.open(row, 'sealed_previous_value', row.sealedPreviousValue);
    return opened && unpackPrevious(opened);
  }

  /** A secret sealed for a column of this row. */
  seal(row: SealedCredential, column: SealedName, secret: Secret): Promise<string> {
    return this.vault.seal(secret, placeOf(row, column));
  }

  /** A sealed column of this row, opened; null when it is empty. @throws AppError `vault.unreadable`. */
  async open(row: SealedCredential, column: SealedName, sealed: string | null): Promise<Secret | null> {
    return sealed === null ? null : this.vault.open(sealed, placeOf(row, column));
  }
}

function placeOf({ workspaceId, id }: SealedCredential, column: SealedName) {
  return { workspaceId, table: 'credentials', column, rowId: id };
}
