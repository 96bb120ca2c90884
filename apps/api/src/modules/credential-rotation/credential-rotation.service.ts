import { Injectable } from '@nestjs/common';
import type { LateBody } from '#http';
import { Clock, raise, Secret, Transactions, type WorkspaceScope } from '#kernel';
import { baseUrlOf, checkValue, requireUsername } from '../credentials/credential-rules.js';
import { CredentialWritingService } from '../credentials/credential-writing.service.js';
import { CredentialsService } from '../credentials/credentials.service.js';
import { type CredentialType, credentialTypes } from '../credentials/credentials.types.js';
import type { CredentialResponse } from '../credentials/dto/credential.response.js';
import { credentialRotationErrors } from './credential-rotation.errors.js';
import type { RotateCredentialDto } from './dto/rotate-credential.dto.js';
import type { SealedCredential } from './rotated-credentials.repository.js';
import { SealedCredentialService } from './sealed-credential.service.js';

/** A credential that has a value again. */
const working = { status: 'ACTIVE', lastError: null, lastErrorClass: null } as const;

/** Replacing a credential's value, with a way back for a while. Each change waits for the one before it. */
@Injectable()
export class CredentialRotationService {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly writing: CredentialWritingService,
    private readonly sealed: SealedCredentialService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a new value the current one. With a grace the one before it is kept for a rollback, and only that one.
   * @throws AppError `credential.not_found`, then 400 for a value that does not fit its type.
   */
  rotate(scope: WorkspaceScope, id: string, body: LateBody<RotateCredentialDto>): Promise<CredentialResponse> {
    return this.transactions.run(async () => {
      await this.writing.lock(scope, id);
      const row = await this.sealed.find(scope, id);
      const dto = body.read();
      const username = dto.username ?? row.username;
      const type = typeOf(row);
      requireUsername(type, username);
      checkValue(type, dto.value, username);
      const seconds = dto.grace_seconds ?? 0;
      const now = this.clock.now();
      const kept = seconds === 0 ? null : await this.sealed.keepPrevious(row);
      const until = kept === null ? null : new Date(now.getTime() + seconds * 1_000);
      const change = {
        ...working,
        ...(await this.#valueColumns(row, type, new Secret(dto.value))),
        username,
        // When the old value ends says nothing of the new one.
        tokenExpiresAt: null,
        sealedPreviousValue: kept,
        previousValueUntil: until,
        updatedAt: now,
      };
      const facts = { grace_seconds: seconds, previous_value_until: until?.toISOString() ?? null };
      await this.writing.write(scope, row, change, {
        action: 'credential.rotate',
        events: ['ROTATE'],
        metadata: { ...facts, username: { from: row.username, to: username } },
        facts,
      });
      return this.credentials.get(scope, id);
    });
  }

  /**
   * Brings back the value before the last rotation; the one that it replaces is dropped.
   * @throws AppError `credential.not_found`, `credential_rotation.nothing_to_roll_back` (409).
   */
  rollback(scope: WorkspaceScope, id: string): Promise<CredentialResponse> {
    return this.transactions.run(async () => {
      await this.writing.lock(scope, id);
      const row = await this.sealed.find(scope, id);
      const now = this.clock.now();
      const isOpen = row.previousValueUntil !== null && row.previousValueUntil.getTime() > now.getTime();
      const previous = (isOpen && (await this.sealed.previousOf(row))) || raise(nothing());
      const { value, username, tokenExpiresAt } = previous;
      const change = {
        ...working,
        ...(await this.#valueColumns(row, typeOf(row), value)),
        username,
        tokenExpiresAt,
        sealedPreviousValue: null,
        previousValueUntil: null,
        updatedAt: now,
      };
      await this.writing.write(scope, row, change, {
        action: 'credential.rollback',
        events: ['ROLLBACK'],
        metadata: { username: { from: row.username, to: username } },
      });
      return this.credentials.get(scope, id);
    });
  }

  async #valueColumns(row: SealedCredential, type: CredentialType, value: Secret) {
    const sealedValue = await this.sealed.seal(row, 'sealed_value', value);
    return { sealedValue, ...(type === 'ENDPOINT_URL' && { endpointUrl: baseUrlOf(value.reveal()) }) };
  }
}

const nothing = credentialRotationErrors.nothingToRollBack;

function typeOf({ type }: SealedCredential): CredentialType {
  return credentialTypes.find((each) => each === type) ?? 'SECRET';
}
