import { Injectable } from '@nestjs/common';
import { Clock, Secret, Transactions, type WorkspaceScope } from '#kernel';
import { CredentialRecordingService } from '../credentials/credential-recording.service.js';
import { CheckedValuesService } from './checked-values.service.js';
import { type CheckedCredential, CredentialChecksRepository } from './credential-checks.repository.js';
import type { CredentialTestResponse } from './dto/credential-test.response.js';
import type { TestCredentialDto } from './dto/test-credential.dto.js';
import { type CheckResult, ValueCheckService } from './value-check.service.js';

const noValue: CheckResult = {
  valid: false,
  status: 0,
  error: 'The credential has no value. Store one first',
  supported: true,
  errorClass: 'no_value',
};

/** Trying out credentials at their providers. */
@Injectable()
export class CredentialChecksService {
  constructor(
    private readonly values: ValueCheckService,
    private readonly repository: CredentialChecksRepository,
    private readonly stored: CheckedValuesService,
    private readonly recording: CredentialRecordingService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Tries a value out that is not stored. */
  async testValue({ provider, type, value }: TestCredentialDto): Promise<CredentialTestResponse> {
    const named = type?.trim().toUpperCase() || 'SECRET';
    return toResponse(await this.values.check(provider ?? '', named, new Secret(value)));
  }

  /**
   * Tries a stored credential out and notes what was found. The request to the provider runs outside any transaction.
   * @throws AppError `credential.not_found`, and `vault.unreadable` (500) for a value that does not open.
   */
  async testCredential(scope: WorkspaceScope, id: string): Promise<CredentialTestResponse> {
    const credential = await this.stored.find(scope, id);
    const result = await this.#check(scope, credential);
    await this.transactions.run(() => this.#note(scope, credential, result));
    return toResponse(result);
  }

  async #check(scope: WorkspaceScope, credential: CheckedCredential): Promise<CheckResult> {
    const { type, provider } = credential;
    if (!this.values.supports(provider, type)) return this.values.check(provider, type, new Secret(''));
    const value = await this.stored.open(scope, credential);
    return value === null ? noValue : this.values.check(provider, type, value);
  }

  // What cannot be tried out says nothing of the credential's health.
  async #note(scope: WorkspaceScope, credential: CheckedCredential, result: CheckResult): Promise<void> {
    const now = this.clock.now();
    const { valid, status, supported, error, errorClass } = result;
    if (supported) {
      const outcome = { lastCheckedAt: now, lastError: error, lastErrorClass: errorClass };
      await this.repository.note(scope, credential, valid ? { ...outcome, lastOkAt: now } : outcome);
    }
    const facts = { valid, status, supported };
    await this.recording.record(scope, credential, {
      action: 'credential.test',
      events: ['TEST'],
      metadata: facts,
      facts,
    });
  }
}

function toResponse({ valid, status, error, supported }: CheckResult): CredentialTestResponse {
  return { valid, status, ...(error !== null && { error }), supported };
}
