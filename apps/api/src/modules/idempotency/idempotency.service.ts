import { Injectable, Logger } from '@nestjs/common';
import { Clock, Ids } from '#kernel';
import { type SealedPlace, Vault } from '#vault';
import { idempotencyErrors } from './idempotency.errors.js';
import { IdempotencyRepository, type StoredCall } from './idempotency.repository.js';
import type { Begun, Claim, IdempotentCall, RecordedAnswer } from './idempotency.types.js';
import { isKept, packAnswer, unpackAnswer } from './recorded-answer.js';

/** How long an unanswered claim holds. Longer than any operation may take. */
const lockMs = 60_000;
/** How long an answer is given again. */
const keptMs = 24 * 3_600_000;
const attempts = 3;

/** Lets one of many equal calls through and answers the others with what it was answered. */
@Injectable()
export class IdempotencyService {
  readonly #log = new Logger('idempotency');

  constructor(
    private readonly calls: IdempotencyRepository,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Claims the call, or finds the answer that it had.
   * @throws AppError `idempotency.key_reused` (422) or `idempotency.key_taken` (409) for another body, `idempotency.in_progress` (409) while it runs.
   */
  async begin(call: IdempotentCall): Promise<Begun> {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const claim = await this.#claim(call);
      if (claim) return { kind: 'claimed', claim };
      const stored = await this.calls.find(call.scopeHash);
      // Let go between the two statements: it may be ours now.
      if (stored) return { kind: 'recorded', answer: await this.#answerOf(stored, call) };
    }
    throw inProgress();
  }

  /**
   * Keeps the answer, or frees the key where it is not kept. Never fails: the answer is on its way, and a claim that stays
   * without one ends by itself.
   */
  async settle(claim: Claim, answer: RecordedAnswer): Promise<void> {
    try {
      if (!isKept(answer)) return await this.calls.release(claim);
      const sealed = await this.vault.seal(packAnswer(answer), placeOf(claim));
      await this.calls.answer(claim, { status: answer.status, sealed });
    } catch (error) {
      this.#log.error(error);
    }
  }

  async #claim(call: IdempotentCall): Promise<Claim | null> {
    const now = this.clock.now();
    const claim: Claim = { id: this.ids.next(), workspaceId: call.workspaceId };
    const [lockedUntil, expiresAt] = [lockMs, keptMs].map((ms) => new Date(now.getTime() + ms)) as [Date, Date];
    const isOurs = await this.calls.claim({ ...call, ...claim, now, lockedUntil, expiresAt });
    return isOurs ? claim : null;
  }

  async #answerOf(stored: StoredCall, call: IdempotentCall): Promise<RecordedAnswer> {
    if (stored.fingerprint !== call.fingerprint) {
      throw call.refusalOfReuse === 409 ? idempotencyErrors.keyTaken() : idempotencyErrors.keyReused();
    }
    if (!stored.answer) throw inProgress();
    const { status, sealed } = stored.answer;
    return unpackAnswer(status, await this.vault.open(sealed, placeOf(stored)));
  }
}

function inProgress() {
  return idempotencyErrors.inProgress({ headers: { 'Retry-After': '1' } });
}

function placeOf({ id, workspaceId }: Claim): SealedPlace {
  return { workspaceId, table: 'idempotency_keys', column: 'sealed_answer', rowId: id };
}
