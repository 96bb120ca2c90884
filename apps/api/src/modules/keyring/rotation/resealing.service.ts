import { Injectable } from '@nestjs/common';
import { AppError, Clock, Ids, Transactions } from '#kernel';
import { KeyRing, Vault } from '#vault';
import { placeIn, type SealedColumn, sealedColumns } from '../sealed-columns.js';
import { DataKeyRotationRepository } from './data-key-rotation.repository.js';
import type { RotationProgress } from './rotation-progress.js';
import { type ResealedValue, type SealedValue, SealedValuesRepository } from './sealed-values.repository.js';

/** Most sweeps over a column: writers that began before a new data key may bring texts under the old one meanwhile. */
const mostSweeps = 5;
const workspaceBatch = 500;

/** What a re-encryption did. */
export interface ResealingResult {
  /** Values that are sealed anew. */
  values: number;
  /** Where values stand that do not open, as `table.column id`. */
  unreadable: string[];
}

/**
 * Seals values anew under data keys that were made under the current version of the instance's key. Nothing is kept of
 * where it is: what is done shows in the sealed texts themselves, so a run that was killed is simply started again.
 */
@Injectable()
export class ResealingService {
  constructor(
    private readonly keys: DataKeyRotationRepository,
    private readonly values: SealedValuesRepository,
    private readonly vault: Vault,
    private readonly keyRing: KeyRing,
    private readonly transactions: Transactions,
    private readonly ports: RotationPorts,
  ) {}

  /** Gives every workspace a new data key whose newest one was made under another version. Answers how many. */
  async makeDataKeys(progress: RotationProgress): Promise<number> {
    let made = 0;
    progress.begin('new data keys', 0);
    for (let after = ''; ; ) {
      const due = await this.keys.findDue(this.keyRing.currentVersion, after, workspaceBatch);
      for (const { workspaceId, generation } of due) {
        const key = this.keyRing.make(workspaceId, this.ports.ids.next());
        if (await this.keys.insertGeneration(key, generation + 1, this.ports.clock.now())) made += 1;
        progress.advance(1);
      }
      const last = due.at(-1);
      if (last === undefined || due.length < workspaceBatch) break;
      after = last.workspaceId;
    }
    progress.end();
    return made;
  }

  /** How many values are to be sealed anew, in all columns. */
  async countDue(): Promise<number> {
    let count = 0;
    for (const column of sealedColumns) count += await this.values.countDue(column, this.keyRing.currentVersion);
    return count;
  }

  /** Seals every value anew that is not under its workspace's newest data key, in batches of `batch` rows. */
  async resealValues(batch: number, progress: RotationProgress): Promise<ResealingResult> {
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

/** Time and ids of a rotation. */
@Injectable()
export class RotationPorts {
  constructor(
    readonly clock: Clock,
    readonly ids: Ids,
  ) {}
}
