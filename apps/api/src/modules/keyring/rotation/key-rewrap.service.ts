import { Injectable } from '@nestjs/common';
import { AppError } from '#kernel';
import { KeyRing } from '#vault';
import { DataKeyRotationRepository } from './data-key-rotation.repository.js';
import type { RotationProgress } from './rotation-progress.js';

const batch = 500;

/** Wraps data keys under the current version of the instance's key. Sealed values are not touched. */
@Injectable()
export class KeyRewrapService {
  constructor(
    private readonly repository: DataKeyRotationRepository,
    private readonly keyRing: KeyRing,
  ) {}

  /** How many data keys are wrapped under another version. */
  async countDue(): Promise<number> {
    const groups = await this.repository.countByVersion();
    const others = groups.filter(({ keyVersion }) => keyVersion !== this.keyRing.currentVersion);
    return others.reduce((sum, { count }) => sum + count, 0);
  }

  /** Wraps every data key anew that needs it; those that cannot be opened are left as they are and named. */
  async run(progress: RotationProgress): Promise<{ rewrapped: number; unreadable: string[] }> {
    const unreadable: string[] = [];
    let rewrapped = 0;
    progress.begin('data keys', await this.countDue());
    for (let after = ''; ; ) {
      const keys = await this.repository.findWrappedElsewhere(this.keyRing.currentVersion, after, batch);
      for (const key of keys) {
        try {
          if (await this.repository.rewrap(key, this.keyRing.rewrap(key))) rewrapped += 1;
        } catch (error) {
          if (!(error instanceof AppError) || error.code !== 'vault.unreadable') throw error;
          unreadable.push(
            `data key ${key.id} of workspace ${key.workspaceId}, wrapped under version ${key.keyVersion}`,
          );
        }
        progress.advance(1);
      }
      const last = keys.at(-1);
      if (last === undefined || keys.length < batch) break;
      after = last.id;
    }
    progress.end();
    return { rewrapped, unreadable };
  }
}
