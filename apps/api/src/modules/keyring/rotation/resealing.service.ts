import { Injectable } from '@nestjs/common';
import { AppError, Transactions } from '#kernel';
import { KeyRing, Vault } from '#vault';
import { placeIn, type SealedColumn, sealedColumns } from '../sealed-columns.js';
import type { RotationProgress } from './rotation-progress.js';
import { type ResealedValue, type SealedValue, SealedValuesRepository } from './sealed-values.repository.js';

/** Most sweeps over a column: writers that began before a new data key may bring texts under the old one meanwhile. */
const mostSweeps = 5;

/** What a re-encryption did. */
export interface ResealingResult {
  /** Values that are sealed anew. */
  values: number;
  /** Where values stand that do not open, as `table.column id`. */
  unreadable: string[];
}

/**
 * Seals values anew under the newest data key of their workspace. Nothing is kept of how far it is: what is done shows in
 * the sealed texts themselves, so a run that was killed is simply started again.
 */
@Injectable()
export class ResealingService {
  constructor(
    private readonly values: SealedValuesRepository,
    private readonly vault: Vault,
    private readonly keyRing: KeyRing,
    private readonly transactions: Transactions,
  ) {}

  /** How many values are to be sealed anew, in all columns. */
  async countDue(): Promise<number> {
    let count = 0;
    for (const column of sealedColumns) count += await this.values.countDue(column, this.keyRing.currentVersion);
    return count;
  }

  /** Seals every value anew that is not under its workspace's newest data key, in batches of `batch` rows. */
  async run(batch: number, progress: RotationProgress): Promise<ResealingResult> {
    const result: ResealingResult = { values: 0, unreadable: [] };
    for (const column of sealedColumns) {
      progress.begin(
        `${column.table}.${column.column}`,
        await this.values.countDue(column, this.keyRing.currentVersion),
      );
      let unreadable: string[] = [];
      for (let sweep = 1; sweep <= mostSweeps; sweep += 1) {
        const swept = await this.#sweep(column, batch, progress);
        result.values += swept.values;
        unreadable = swept.unreadable;
        if (swept.seen === swept.unreadable.length) break;
      }
      result.unreadable.push(...unreadable);
      progress.end();
    }
    return result;
  }

  async #sweep(column: SealedColumn, batch: number, progress: RotationProgress) {
    const swept = { seen: 0, values: 0, unreadable: [] as string[] };
    for (let after = ''; ; ) {
      const stale = await this.values.findStale(column, after, batch);
      const fresh: ResealedValue[] = [];
      for (const value of stale) {
        const resealed = await this.#reseal(column, value);
        if (resealed) fresh.push(resealed);
        else swept.unreadable.push(`${column.table}.${column.column} ${value.rowId}`);
      }
      if (fresh.length > 0) swept.values += await this.transactions.run(() => this.values.replace(column, fresh));
      swept.seen += stale.length;
      progress.advance(fresh.length);
      const last = stale.at(-1);
      if (last === undefined || stale.length < batch) return swept;
      after = last.rowId;
    }
  }

  // Null for a value that does not open. A row that was changed or deleted since is none of those: it is not written.
  async #reseal(column: SealedColumn, value: SealedValue): Promise<ResealedValue | null> {
    try {
      const fresh = await this.vault.reseal(value.sealed, placeIn(column, value));
      return { rowId: value.rowId, stale: value.sealed, fresh };
    } catch (error) {
      if (error instanceof AppError && error.code === 'vault.unreadable') return null;
      throw error;
    }
  }
}
