import { Injectable } from '@nestjs/common';
import { Clock, Ids, Transactions, type WorkspaceScope } from '#kernel';
import { given } from '../../platform/given.js';
import { blankCredential } from './blank-credential.js';
import { columnsOf, oauthColumnsOf } from './credential-columns.js';
import { crewIdsOf } from './credential-linking.service.js';
import { nameOf, requireUsername } from './credential-rules.js';
import { CredentialWritingService } from './credential-writing.service.js';
import { credentialErrors } from './credentials.errors.js';
import { CredentialsService } from './credentials.service.js';
import type { Credential } from './credentials.types.js';
import type { CreateCredentialDto } from './dto/create-credential.dto.js';
import type { CredentialResponse } from './dto/credential.response.js';

/** Making credentials. */
@Injectable()
export class CredentialCreationService {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly writing: CredentialWritingService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Makes a credential. Without a value it waits as PENDING, where that is allowed.
   * @throws AppError `credential.name_taken` (409), or 400 for what does not fit together.
   */
  create(scope: WorkspaceScope, dto: CreateCredentialDto): Promise<CredentialResponse> {
    const draft = this.#draftOf(scope, dto);
    const hasClient = draft.oauthClientId !== null;
    return this.transactions.run(async () => {
      await this.writing.insert(scope, draft, {
        value: dto.value ? dto.value : null,
        clientSecret: hasClient ? dto.oauth_client_secret : undefined,
        crewIds: crewIdsOf(dto),
      });
      return this.credentials.get(scope, draft.id);
    });
  }

  #draftOf(scope: WorkspaceScope, dto: CreateCredentialDto): Credential {
    const name = nameOf(dto.name);
    const type = dto.type ?? 'SECRET';
    const pending = !dto.value && (dto.pending === true || type === 'OAUTH2');
    if (!dto.value && !pending) throw credentialErrors.valueRequired();
    requireUsername(type, dto.username ?? null);
    const crewIds = crewIdsOf(dto) ?? [];
    if (dto.scope === 'CREW' && crewIds.length === 0) throw credentialErrors.crewsRequired();
    const oauth = type === 'OAUTH2' && dto.oauth_client_id ? given(oauthColumnsOf(dto)) : {};
    const now = this.clock.now();
    return {
      ...blankCredential,
      id: this.ids.next(),
      workspaceId: scope.workspaceId,
      name,
      type,
      status: pending ? 'PENDING' : 'ACTIVE',
      scope: crewIds.length > 0 ? 'CREW' : 'WORKSPACE',
      createdByActorType: scope.actor.kind,
      createdByActorId: scope.actor.userId,
      createdAt: now,
      updatedAt: now,
      ...given(columnsOf(dto)),
      ...oauth,
    };
  }
}
