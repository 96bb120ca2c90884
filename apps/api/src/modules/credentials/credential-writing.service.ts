import { Injectable } from '@nestjs/common';
import { redacted, redactedDiff } from '#audit-log';
import type { WorkspaceScope } from '#kernel';
import { CredentialLinkingService } from './credential-linking.service.js';
import { type CredentialChangeRecord, CredentialRecordingService } from './credential-recording.service.js';
import { CredentialSecretsService } from './credential-secrets.service.js';
import { credentialErrors } from './credentials.errors.js';
import { type CredentialChange, CredentialsRepository } from './credentials.repository.js';
import type { Credential, CredentialEventType, CredentialInContext } from './credentials.types.js';

/** What of a body does not go into plain columns. */
export interface CredentialParts {
  /** The new value; null when there is none. */
  value: string | null;
  /** Undefined stays, null and "" clear. */
  clientSecret: string | null | undefined;
  /** Undefined stays; none at all makes the scope WORKSPACE. */
  crewIds: readonly string[] | undefined;
}

/** Writes credentials with their secrets, links and records. Runs in the caller's transaction. */
@Injectable()
export class CredentialWritingService {
  constructor(
    private readonly repository: CredentialsRepository,
    private readonly secrets: CredentialSecretsService,
    private readonly linking: CredentialLinkingService,
    private readonly recording: CredentialRecordingService,
  ) {}

  /** @throws AppError `credential.name_taken`, `credential.invalid_crew`, or that the value does not fit its type. */
  async insert(scope: WorkspaceScope, draft: Credential, parts: CredentialParts): Promise<void> {
    const sealed = await this.#sealed(scope, draft, parts);
    const crewIds = parts.crewIds ?? [];
    await this.linking.hold(scope, crewIds);
    const row = { ...draft, ...sealed };
    await this.repository.insert(row);
    await this.linking.link(row.id, crewIds);
    const metadata = { ...redacted({ ...row }), crewIds };
    await this.recording.record(scope, row, { action: 'credential.create', events: ['CREATED'], metadata });
  }

  /** Waits until nobody else changes the credential. @throws AppError `credential.not_found`, `credential.managed`. */
  async lock(scope: WorkspaceScope, id: string): Promise<CredentialInContext> {
    const locked = await this.repository.lock(scope, id);
    const row = locked ? await this.repository.findById(scope, id, { all: true }) : null;
    if (!row) throw credentialErrors.notFound();
    if (row.managedBy !== null) throw credentialErrors.managed();
    return row;
  }

  /** @throws AppError as {@link insert}. */
  async update(
    scope: WorkspaceScope,
    before: CredentialInContext,
    change: CredentialChange,
    parts: CredentialParts,
  ): Promise<void> {
    const judged = { ...before, username: change.username === undefined ? before.username : change.username };
    const sealed = await this.#sealed(scope, judged, parts);
    if (parts.crewIds) await this.linking.hold(scope, parts.crewIds);
    const written = { ...change, ...sealed };
    const metadata = redactedDiff({ ...before }, { ...written, crewIds: parts.crewIds });
    const events: CredentialEventType[] = [parts.value === null ? 'UPDATED' : 'ROTATE'];
    await this.write(scope, before, written, { action: 'credential.update', events, metadata });
    if (parts.crewIds) await this.linking.link(before.id, parts.crewIds);
  }

  /**
   * Writes columns as they are, and tells the logs.
   * @throws AppError `credential.not_found`, `credential.name_taken`.
   */
  async write(
    scope: WorkspaceScope,
    before: { id: string; name: string },
    change: CredentialChange,
    record: CredentialChangeRecord,
  ): Promise<void> {
    if (!(await this.repository.update(scope, before.id, change))) throw credentialErrors.notFound();
    await this.recording.record(scope, before, record);
  }

  async #sealed(
    scope: WorkspaceScope,
    credential: { id: string; type: string; username: string | null },
    parts: CredentialParts,
  ) {
    return {
      ...(await this.secrets.sealValue(scope, credential, parts.value)),
      ...(await this.secrets.sealClientSecret(scope, credential.id, parts.clientSecret)),
    };
  }
}
