import { Injectable } from '@nestjs/common';
import { Secret, type WorkspaceScope } from '#kernel';
import { Vault } from '#vault';
import { baseUrlOf, checkValue } from './credential-rules.js';
import { type CredentialType, credentialTypes, type SealedCredentialColumns } from './credentials.types.js';

/** The sealed columns, by the name that goes into the seal. */
const sealedColumns = { value: 'sealed_value', oauthClientSecret: 'sealed_oauth_client_secret' } as const;

/** Judges and seals what is secret of a credential. */
@Injectable()
export class CredentialSecretsService {
  constructor(private readonly vault: Vault) {}

  /**
   * The columns that a value is stored in; none when there is no value. A value kept from an earlier rotation goes.
   * @throws AppError 400 when the value does not fit its type.
   */
  async sealValue(
    scope: WorkspaceScope,
    credential: { id: string; type: string; username: string | null },
    value: string | null,
  ): Promise<SealedCredentialColumns & { endpointUrl?: string; previousValueUntil?: null }> {
    if (value === null) return {};
    const type = knownType(credential.type);
    checkValue(type, value, credential.username);
    const sealedValue = await this.#seal(scope, credential.id, sealedColumns.value, value);
    const earlier = { sealedPreviousValue: null, previousValueUntil: null };
    return { sealedValue, ...earlier, ...(type === 'ENDPOINT_URL' && { endpointUrl: baseUrlOf(value) }) };
  }

  /** The column of an OAuth client's secret; undefined stays, null and "" clear. */
  async sealClientSecret(
    scope: WorkspaceScope,
    credentialId: string,
    secret: string | null | undefined,
  ): Promise<SealedCredentialColumns> {
    if (secret === undefined) return {};
    if (secret === null || secret === '') return { sealedOauthClientSecret: null };
    return {
      sealedOauthClientSecret: await this.#seal(scope, credentialId, sealedColumns.oauthClientSecret, secret),
    };
  }

  #seal(scope: WorkspaceScope, rowId: string, column: string, plain: string): Promise<string> {
    const place = { workspaceId: scope.workspaceId, table: 'credentials', column, rowId };
    return this.vault.seal(new Secret(plain), place);
  }
}

function knownType(stored: string): CredentialType {
  return credentialTypes.find((type) => type === stored) ?? 'SECRET';
}
