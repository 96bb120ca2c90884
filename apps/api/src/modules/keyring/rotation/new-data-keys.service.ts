import { Injectable } from '@nestjs/common';
import { Clock, Ids } from '#kernel';
import { KeyRing } from '#vault';
import { DataKeyRotationRepository } from './data-key-rotation.repository.js';
import type { RotationProgress } from './rotation-progress.js';

const batch = 500;

/** Makes newer data keys. From then on every process seals with them; the older ones still open. */
@Injectable()
export class NewDataKeysService {
  constructor(
    private readonly repository: DataKeyRotationRepository,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Gives every workspace a new one whose newest was made under another version of the instance's key. Answers how many. */
  async run(progress: RotationProgress): Promise<number> {
    let made = 0;
    progress.begin('new data keys', 0);
    for (let after = ''; ; ) {
      const due = await this.repository.findDue(this.keyRing.currentVersion, after, batch);
      for (const { workspaceId, generation } of due) {
        const key = this.keyRing.make(workspaceId, this.ids.next());
        if (await this.repository.insertGeneration(key, generation + 1, this.clock.now())) made += 1;
        progress.advance(1);
      }
      const last = due.at(-1);
      if (last === undefined || due.length < batch) break;
      after = last.workspaceId;
    }
    progress.end();
    return made;
  }
}
