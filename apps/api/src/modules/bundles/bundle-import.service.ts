import { Injectable } from '@nestjs/common';
import { isStrict } from '#http';
import { type CallerScope, Secret, Transactions } from '#kernel';
import { AgeFilesService, type BundleKey } from './age-files.service.js';
import type { PlacedBundle } from './bundle-faults-rules.js';
import { parseBundleText, readBundle, refuseUnknown } from './bundle-reading.js';
import { BundleWritingService } from './bundle-writing.service.js';
import { bundleErrors } from './bundles.errors.js';
import type { ImportedBundleResponse } from './dto/imported-bundle.response.js';

// Less than an idempotency key is held for, more than the largest bundle takes.
const longestMs = 55_000;
const encryptedMembers = ['encrypted', 'passphrase', 'identity'];

/** Bundles as workspaces. */
@Injectable()
export class BundleImportService {
  constructor(
    private readonly writing: BundleWritingService,
    private readonly files: AgeFilesService,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Makes every workspace of a bundle with all that it holds, or nothing.
   * @throws AppError 400 `bundle.invalid`, `http.unknown_members`; 422 `bundle.refused` with the faults, `bundle.unreadable` for an encrypted one.
   */
  async import(caller: CallerScope, body: Buffer): Promise<ImportedBundleResponse> {
    const placed = await this.#read(body);
    return this.transactions.run(() => this.writing.write(caller, placed), { timeoutMs: longestMs });
  }

  async #read(body: Buffer): Promise<PlacedBundle[]> {
    const sent = parseBundleText(body.toString('utf8'));
    const encrypted = Object.hasOwn(sent, 'encrypted') ? Reflect.get(sent, 'encrypted') : undefined;
    const strict = isStrict(body);
    if (encrypted === undefined) return readBundle(sent, { encrypted: false, strict });
    if (typeof encrypted !== 'string') throw bundleErrors.invalid();
    if (strict) refuseUnknown(Object.keys(sent).filter((name) => !encryptedMembers.includes(name)));
    const text = await this.files.decrypt(encrypted, keyOf(sent));
    return readBundle(parseBundleText(text), { encrypted: true, strict });
  }
}

function keyOf(sent: object): BundleKey {
  const [passphrase, identity] = ['passphrase', 'identity'].map((name) => textOf(sent, name));
  if (passphrase !== undefined && identity === undefined) return { kind: 'passphrase', passphrase };
  if (identity !== undefined && passphrase === undefined) return { kind: 'identity', identity };
  throw bundleErrors.invalid();
}

function textOf(sent: object, name: string): Secret | undefined {
  const value: unknown = Object.hasOwn(sent, name) ? Reflect.get(sent, name) : undefined;
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || value === '' || value.length > 1_024) throw bundleErrors.invalid();
  return new Secret(value);
}
