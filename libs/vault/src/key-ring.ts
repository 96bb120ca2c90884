import { hkdfSync } from 'node:crypto';
import type { Random, Secret } from '#kernel';
import { associatedData, decrypt, encrypt, keyBytes } from './aead.js';
import type { WrappedDataKey } from './data-keys.js';
import { SealFailure, vaultErrors } from './vault.errors.js';

/** The instance's keys as configured. */
export interface KeyRingSettings {
  /** Each version's key, 64 hexadecimal characters. `ENCRYPTION_KEY` is version 1, `ENCRYPTION_KEY_V2` version 2. */
  keys: ReadonlyMap<number, Secret>;
  /** Version that new data keys are wrapped under; older ones only open. */
  current: number;
}

const format = 'w1';

/**
 * The versioned keys of the instance. They encrypt nothing but data keys. To rotate: add a version, make it current,
 * {@link KeyRing.rewrap} every stored data key, then drop the old version. Sealed values are not touched.
 */
export class KeyRing {
  readonly #keys: ReadonlyMap<number, Buffer>;
  /** Version that data keys are wrapped under now. */
  readonly currentVersion: number;

  /** @throws AppError `vault.key_ring_invalid` naming the version, never the key. */
  constructor(
    settings: KeyRingSettings,
    private readonly random: Random,
  ) {
    this.#keys = new Map([...settings.keys].map(([version, secret]) => [version, wrappingKey(version, secret)]));
    this.currentVersion = settings.current;
    if (!this.#keys.has(settings.current)) throw invalid(`there is no key of the current version ${settings.current}`);
  }

  /** The versions that there are keys of, lowest first. */
  get versions(): number[] {
    return [...this.#keys.keys()].sort((one, other) => one - other);
  }

  /** A new random data key, wrapped under the current version. */
  make(workspaceId: string, id: string): WrappedDataKey {
    return this.wrap(this.random.bytes(keyBytes), workspaceId, id);
  }

  /** Encrypts a raw 32-byte data key under the current version. */
  wrap(raw: Buffer, workspaceId: string, id: string): WrappedDataKey {
    const keyVersion = this.currentVersion;
    const wrapped = encrypt(this.#key(keyVersion), raw, binding(workspaceId, id, keyVersion), this.random);
    return { id, workspaceId, keyVersion, wrapped };
  }

  /**
   * The raw data key.
   * @throws SealFailure when the version is unknown, or the row was altered or belongs to another workspace or id.
   */
  unwrap(key: WrappedDataKey): Buffer {
    const raw = decrypt(this.#key(key.keyVersion), key.wrapped, binding(key.workspaceId, key.id, key.keyVersion));
    if (raw.length !== keyBytes) throw new SealFailure('malformed');
    return raw;
  }

  /**
   * The same data key wrapped under the current version; the very same object when it is so already. Store it with a
   * condition on the old `keyVersion`, so that a rotation that is run twice or by two processes does no harm.
   * @throws AppError `vault.unreadable` when the stored key does not open.
   */
  rewrap(key: WrappedDataKey): WrappedDataKey {
    if (key.keyVersion === this.currentVersion) return key;
    try {
      return this.wrap(this.unwrap(key), key.workspaceId, key.id);
    } catch (cause) {
      const { workspaceId, id, keyVersion } = key;
      throw vaultErrors.unreadable({ cause, details: { workspaceId, keyId: id, keyVersion } });
    }
  }

  #key(version: number): Buffer {
    const key = this.#keys.get(version);
    if (key === undefined) throw new SealFailure('unknown_key_version');
    return key;
  }
}

function binding(workspaceId: string, id: string, version: number): Buffer {
  return associatedData(['data-key', format, workspaceId, id, String(version)]);
}

// The configured key also serves other purposes (it may derive the internal token), so wrapping gets a key of its own.
function wrappingKey(version: number, secret: Secret): Buffer {
  if (!Number.isSafeInteger(version) || version < 1) throw invalid(`${version} is not a version; count from 1`);
  const hex = secret.reveal();
  if (!/^[0-9a-f]{64}$/i.test(hex)) throw invalid(`the key of version ${version} is not 64 hexadecimal characters`);
  return Buffer.from(hkdfSync('sha256', Buffer.from(hex, 'hex'), '', 'crewship vault data-key wrapping w1', keyBytes));
}

function invalid(reason: string): Error {
  return vaultErrors.keyRingInvalid({ params: { reason } });
}
