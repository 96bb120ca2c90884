import { LRUCache } from 'lru-cache';
import { DataKeys, type WrappedDataKey } from '#vault';

const remembered = 1_000;

/**
 * Data keys that ask the store once for the newest of a workspace, not once for each value. Only for a rotation, which
 * makes new ones before it seals: should another process make a newer one meanwhile, the next sweep finds those values.
 */
export class RememberedDataKeys extends DataKeys {
  readonly #newest = new LRUCache<string, WrappedDataKey>({ max: remembered });

  constructor(private readonly store: DataKeys) {
    super();
  }

  async findCurrent(workspaceId: string): Promise<WrappedDataKey | null> {
    const known = this.#newest.get(workspaceId);
    if (known !== undefined) return known;
    const found = await this.store.findCurrent(workspaceId);
    if (found !== null) this.#newest.set(workspaceId, found);
    return found;
  }

  findById(workspaceId: string, keyId: string): Promise<WrappedDataKey | null> {
    return this.store.findById(workspaceId, keyId);
  }

  insertIfAbsent(key: WrappedDataKey): Promise<WrappedDataKey> {
    return this.store.insertIfAbsent(key);
  }
}
