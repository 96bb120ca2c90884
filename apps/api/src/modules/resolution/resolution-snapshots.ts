import { LRUCache } from 'lru-cache';
import type { TaggedAnswer } from '#http';

/** One agent's resolution as it is answered, and the revision of the workspace that it is true for. */
export interface ResolutionSnapshot extends TaggedAnswer {
  agentId: string;
  workspaceId: string;
  revision: bigint;
}

const maxBytes = 64 * 1_048_576;

/**
 * Resolutions kept in memory. One is used only when its revision is the one that the request itself has just read with
 * the caller's grant, so that an answer is never older than the request.
 */
export class ResolutionSnapshots {
  readonly #kept = new LRUCache<string, ResolutionSnapshot>({
    maxSize: maxBytes,
    sizeCalculation: (snapshot) => snapshot.bytes + 300,
  });

  /** The agent's resolution at exactly this revision. */
  find(workspaceId: string, agentId: string, revision: bigint): ResolutionSnapshot | null {
    const kept = this.#kept.get(agentId);
    return kept && kept.revision === revision && kept.workspaceId === workspaceId ? kept : null;
  }

  /** Keeps a resolution unless a newer one is kept already. */
  keep(snapshot: ResolutionSnapshot): void {
    const kept = this.#kept.peek(snapshot.agentId);
    if (!kept || kept.revision <= snapshot.revision) this.#kept.set(snapshot.agentId, snapshot);
  }
}
