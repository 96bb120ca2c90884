import { RandomIds, Secret, SystemClock, SystemRandom } from '#kernel';
import { DataKeys, KeyRing, type SealedPlace, Vault, type WrappedDataKey } from './index.js';

/** Data keys in memory, race-safe as the port demands, with a pause so that callers do overlap. */
export class MemoryDataKeys extends DataKeys {
  readonly rows: WrappedDataKey[] = [];

  async findCurrent(workspaceId: string): Promise<WrappedDataKey | null> {
    await Promise.resolve();
    return this.rows.find((row) => row.workspaceId === workspaceId) ?? null;
  }

  async findById(workspaceId: string, keyId: string): Promise<WrappedDataKey | null> {
    return this.rows.find((row) => row.workspaceId === workspaceId && row.id === keyId) ?? null;
  }

  async insertIfAbsent(key: WrappedDataKey): Promise<WrappedDataKey> {
    const winner = this.rows.find((row) => row.workspaceId === key.workspaceId);
    if (winner === undefined) this.rows.push(key);
    return winner ?? key;
  }
}

/** A ring of the given versions, each with a key of its own; the last is current. */
export function ringOf(...versions: number[]): KeyRing {
  const keys = new Map(versions.map((version) => [version, new Secret(String(version).padStart(2, 'a').repeat(32))]));
  return new KeyRing({ keys, current: versions.at(-1) ?? 0 }, new SystemRandom());
}

/** A vault over the given store; a new one has an empty cache, as another process would. */
export function vaultOver(dataKeys: DataKeys, ring = ringOf(1)): Vault {
  return new Vault(ring, dataKeys, new SystemRandom(), new RandomIds(new SystemClock()));
}

/** A place in workspace `w1` unless told otherwise. */
export function placeOf(change: Partial<SealedPlace> = {}): SealedPlace {
  return { workspaceId: 'w1', table: 'credentials', column: 'sealed_value', rowId: 'r1', ...change };
}

/** Why a sealed value did not open: code of the error, status and inner reason. */
export async function refusalOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    const { code, status, cause, details } = error as Record<string, Record<string, unknown>>;
    return { code, status, reason: cause?.reason, logged: details?.reason };
  }
  return 'opened';
}
