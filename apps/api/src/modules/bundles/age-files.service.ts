import { Injectable } from '@nestjs/common';
import { armor, Decrypter, Encrypter } from 'age-encryption';
import { Random, type Secret } from '#kernel';
import { PassphraseIdentity, PassphraseRecipient } from './age-passphrase.js';
import { bundleErrors } from './bundles.errors.js';

/** For whom a bundle is encrypted. */
export type BundleLock = { kind: 'passphrase'; passphrase: Secret } | { kind: 'recipient'; recipient: string };

/** What opens an encrypted bundle. */
export type BundleKey = { kind: 'passphrase'; passphrase: Secret } | { kind: 'identity'; identity: Secret };

/** Bundles as age files (age-encryption.org/v1), which the `age` program reads and writes too. */
@Injectable()
export class AgeFilesService {
  constructor(private readonly random: Random) {}

  /** The text as an age file. @throws AppError `bundle.bad_recipient` (400). */
  async encrypt(text: string, lock: BundleLock): Promise<Uint8Array> {
    const encrypter = new Encrypter();
    try {
      encrypter.addRecipient(
        lock.kind === 'passphrase' ? new PassphraseRecipient(lock.passphrase, this.random) : lock.recipient,
      );
    } catch (cause) {
      throw bundleErrors.badRecipient({ cause });
    }
    return encrypter.encrypt(text);
  }

  /**
   * The text of an age file, armored or as base64.
   * @throws AppError `bundle.unreadable` (422), the same whatever is wrong with key or file.
   */
  async decrypt(file: string, key: BundleKey): Promise<string> {
    try {
      const decrypter = new Decrypter();
      decrypter.addIdentity(
        key.kind === 'passphrase' ? new PassphraseIdentity(key.passphrase) : key.identity.reveal().trim(),
      );
      return new TextDecoder('utf-8', { fatal: true }).decode(await decrypter.decrypt(bytesOf(file)));
    } catch {
      // No cause: what the libraries say may hold a part of the key.
      throw bundleErrors.unreadable();
    }
  }
}

function bytesOf(file: string): Uint8Array {
  const isArmored = file.trimStart().startsWith('-----BEGIN AGE');
  return isArmored ? armor.decode(file) : new Uint8Array(Buffer.from(file, 'base64'));
}
