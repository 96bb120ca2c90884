import { createCipheriv, createDecipheriv, type ScryptOptions, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { type Identity, type Recipient, Stanza } from 'age-encryption';
import type { Random, Secret } from '#kernel';

// What `age -p` uses. 2^18 costs 256 MiB and about a second, so only one is worked on at a time.
const exportedWorkFactor = 18;
const mostWorkFactor = 18;
const tagLength = 16;
const label = 'age-encryption.org/v1/scrypt';
const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

let last: Promise<unknown> = Promise.resolve();

// The library's own derivation is JavaScript on the main thread, which would answer nobody meanwhile.
function wrappingKey(passphrase: Secret, salt: Uint8Array, logN: number): Promise<Buffer> {
  const run = () =>
    derive(passphrase.reveal(), Buffer.concat([Buffer.from(label), salt]), 32, {
      N: 2 ** logN,
      r: 8,
      p: 1,
      maxmem: 2 ** logN * 1_024 + 2 ** 20,
    });
  const turn = last.then(run, run);
  last = turn.catch(() => undefined);
  return turn;
}

/** The recipient of a passphrase (age v1, stanza `scrypt`), derived off the main thread. */
export class PassphraseRecipient implements Recipient {
  constructor(
    private readonly passphrase: Secret,
    private readonly random: Random,
  ) {}

  async wrapFileKey(fileKey: Uint8Array): Promise<Stanza[]> {
    const salt = this.random.bytes(16);
    const key = await wrappingKey(this.passphrase, salt, exportedWorkFactor);
    const cipher = createCipheriv('chacha20-poly1305', key, Buffer.alloc(12), { authTagLength: tagLength });
    const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
    const args = ['scrypt', salt.toString('base64').replace(/=+$/, ''), String(exportedWorkFactor)];
    return [new Stanza(args, new Uint8Array(body))];
  }
}

/** The identity of a passphrase. A file that asks for more work than `age` itself does is not opened. */
export class PassphraseIdentity implements Identity {
  constructor(private readonly passphrase: Secret) {}

  async unwrapFileKey(stanzas: Stanza[]): Promise<Uint8Array | null> {
    const [stanza, ...more] = stanzas;
    const [kind, saltText = '', factor = ''] = stanza?.args ?? [];
    if (!stanza || kind !== 'scrypt' || more.length > 0 || !/^[1-9]\d?$/.test(factor)) return null;
    const logN = Number(factor);
    const salt = Buffer.from(saltText, 'base64');
    if (logN > mostWorkFactor || salt.length !== 16 || stanza.body.length !== 32) return null;
    const key = await wrappingKey(this.passphrase, salt, logN);
    return opened(key, Buffer.from(stanza.body));
  }
}

function opened(key: Buffer, body: Buffer): Uint8Array | null {
  const decipher = createDecipheriv('chacha20-poly1305', key, Buffer.alloc(12), { authTagLength: tagLength });
  decipher.setAuthTag(body.subarray(-tagLength));
  try {
    return new Uint8Array(Buffer.concat([decipher.update(body.subarray(0, -tagLength)), decipher.final()]));
  } catch {
    return null;
  }
}
