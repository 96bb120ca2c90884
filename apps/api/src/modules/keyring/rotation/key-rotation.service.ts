import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import { KeyRing } from '#vault';
import { DataKeyRotationRepository } from './data-key-rotation.repository.js';
import { KeyRewrapService } from './key-rewrap.service.js';
import { NewDataKeysService } from './new-data-keys.service.js';
import { ResealingService } from './resealing.service.js';
import type { RotationProgress } from './rotation-progress.js';
import type { RotationReport } from './rotation-report.js';

/** How long a data key stays after its last use was found gone: no request that may still bring a text lives so long. */
const keepRetiredMs = 24 * 3_600_000;

/** What a rotation is to do. */
export interface RotationWish {
  /** Also make new data keys and seal every value anew. */
  reencrypt: boolean;
  /** Rows of one write. */
  batch: number;
}

/**
 * Moves everything that is sealed to the current version of the instance's key, while the service runs and writes. It may
 * be killed at any point and run again, by two processes at once too: every write has the condition that the row is as read.
 */
@Injectable()
export class KeyRotationService {
  constructor(
    private readonly rewrapping: KeyRewrapService,
    private readonly newKeys: NewDataKeysService,
    private readonly resealing: ResealingService,
    private readonly repository: DataKeyRotationRepository,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** What a rotation would do. Nothing is written. */
  async plan(wish: RotationWish): Promise<RotationReport> {
    return {
      ...(await this.#state()),
      dryRun: true,
      rewrapped: await this.rewrapping.countDue(),
      values: wish.reencrypt ? await this.resealing.countDue() : 0,
    };
  }

  /** @throws RotationInterrupted when the progress was told to stop; what was done until then stays. */
  async run(wish: RotationWish, progress: RotationProgress): Promise<RotationReport> {
    const { rewrapped, unreadable } = await this.rewrapping.run(progress);
    const made = wish.reencrypt ? await this.newKeys.run(progress) : 0;
    const resealed = wish.reencrypt ? await this.resealing.run(wish.batch, progress) : { values: 0, unreadable: [] };
    const now = this.clock.now();
    const removed = await this.repository.removeRetired(new Date(now.getTime() - keepRetiredMs));
    const retired = await this.repository.retireUnused(now);
    return {
      ...(await this.#state()),
      rewrapped,
      made,
      values: resealed.values,
      retired,
      removed,
      unreadable: [...unreadable, ...resealed.unreadable],
    };
  }

  async #state(): Promise<RotationReport> {
    const groups = await this.repository.countByVersion();
    return {
      dryRun: false,
      currentVersion: this.keyRing.currentVersion,
      configured: this.keyRing.versions,
      inUse: groups.map(({ keyVersion }) => keyVersion),
      rewrapped: 0,
      made: 0,
      values: 0,
      retired: 0,
      removed: 0,
      unreadable: [],
    };
  }
}
