import { LRUCache } from 'lru-cache';
import { type Ids, type Random, Secret } from '#kernel';
import { associatedData, decrypt, encrypt } from './aead.js';
import type { DataKeys, WrappedDataKey } from './data-keys.js';
import type { KeyRing } from './key-ring.js';
import { partsOfPlace, type SealedPlace } from './sealed-place.js';
import { SealFailure, vaultErrors } from './vault.errors.js';

const format = 'v1';
const cachedKeys = 500;
const cachedForMs = 10 * 60_000;

/**
 * Seals secrets for storage and opens them again. A sealed text is `v1.<data key id>.<nonce>.<ciphertext and tag>`: AES-256-GCM
 * under the workspace's data key, bound to format, place and key. Nothing is ever tried with another key.
 */
export class Vault {
  // Bytes that are evicted are not overwritten: a caller may hold them across an await and would encrypt with zeros.
  readonly #rawKeys = new LRUCache<string, Buffer>({ max: cachedKeys, ttl: cachedForMs });
  readonly #loading = new Map<string, Promise<Buffer>>();

  constructor(
    private readonly keyRing: KeyRing,
    private readonly dataKeys: DataKeys,
    private readonly random: Random,
    private readonly ids: Ids,
  ) {}

  /**
   * The text to store at `place`. The workspace's first seal makes its data key.
   * @throws AppError `vault.not_text` (400) when the secret is not well-formed Unicode: it would come back changed.
   */
  async seal(plain: Secret, place: SealedPlace): Promise<string> {
    const parts = partsOfPlace(place);
    const bytes = Buffer.from(plain.reveal(), 'utf8');
    if (bytes.toString('utf8') !== plain.reveal()) throw vaultErrors.notText();
    const { id, raw } = await this.#currentKey(place);
    return `${format}.${id}.${encrypt(raw, bytes, bindingOf(parts, id), this.random)}`;
  }

  /**
   * The same secret sealed anew for the same place, under the workspace's newest data key.
   * @throws AppError `vault.unreadable` (500), as {@link open}.
   */
  async reseal(sealed: string, place: SealedPlace): Promise<string> {
    return this.seal(await this.open(sealed, place), place);
  }

  /**
   * The secret that was sealed for exactly this place.
   * @throws AppError `vault.unreadable` (500) for every reason; the log finds it in `details.reason`.
   */
  async open(sealed: string, place: SealedPlace): Promise<Secret> {
    const parts = partsOfPlace(place);
    try {
      const { keyId, body } = parseSealed(sealed);
      const raw = await this.#keyById(place.workspaceId, keyId);
      return new Secret(decrypt(raw, body, bindingOf(parts, keyId)).toString('utf8'));
    } catch (error) {
      throw unreadable(error, place);
    }
  }

  // Asks the store every time: a key made in a transaction that was rolled back must not seal anything afterwards.
  async #currentKey(place: SealedPlace): Promise<{ id: string; raw: Buffer }> {
    const { workspaceId } = place;
    const stored =
      (await this.dataKeys.findCurrent(workspaceId)) ??
      (await this.dataKeys.insertIfAbsent(this.keyRing.make(workspaceId, this.ids.next())));
    try {
      return { id: stored.id, raw: this.#unwrap({ ...stored, workspaceId }) };
    } catch (error) {
      throw unreadable(error, place);
    }
  }

  // Values that are opened at the same moment wait for one and the same key. Where that fails they ask for themselves: who
  // asked first may have been in a transaction that ended.
  async #keyById(workspaceId: string, id: string): Promise<Buffer> {
    const cacheKey = `${id}@${workspaceId}`;
    const cached = this.#rawKeys.get(cacheKey);
    if (cached !== undefined) return cached;
    const underWay = this.#loading.get(cacheKey);
    if (underWay !== undefined) return underWay.catch(() => this.#loadKey(workspaceId, id));
    const loading = this.#loadKey(workspaceId, id).finally(() => this.#loading.delete(cacheKey));
    this.#loading.set(cacheKey, loading);
    return loading;
  }

  async #loadKey(workspaceId: string, id: string): Promise<Buffer> {
    const stored = await this.dataKeys.findById(workspaceId, id);
    if (stored === null) throw new SealFailure('unknown_data_key');
    return this.#unwrap({ ...stored, workspaceId, id });
  }

  // Callers put the ids they asked for into `key`: a store that answers with another's row must fail authentication.
  #unwrap(key: WrappedDataKey): Buffer {
    const cacheKey = `${key.id}@${key.workspaceId}`;
    const cached = this.#rawKeys.get(cacheKey);
    if (cached !== undefined) return cached;
    const raw = this.keyRing.unwrap(key);
    this.#rawKeys.set(cacheKey, raw);
    return raw;
  }
}

function bindingOf(place: readonly string[], keyId: string): Buffer {
  return associatedData(['sealed', format, ...place, keyId]);
}

function parseSealed(sealed: string): { keyId: string; body: string } {
  const match = /^([^.]*)\.([A-Za-z0-9_-]{1,64})\.(.*)$/s.exec(sealed);
  if (match === null) throw new SealFailure('malformed');
  const [, version, keyId = '', body = ''] = match;
  if (version !== format) throw new SealFailure('unknown_format');
  return { keyId, body };
}

// Failures of the store itself (no connection, say) pass as they are: they say nothing about the secret.
function unreadable(error: unknown, place: SealedPlace): unknown {
  if (!(error instanceof SealFailure)) return error;
  return vaultErrors.unreadable({ cause: error, details: { ...place, reason: error.reason } });
}
