import { armor, Encrypter, generateHybridIdentity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { Secret, SystemRandom } from '#kernel';
import { AgeFilesService } from './age-files.service.js';

const files = new AgeFilesService(new SystemRandom());
const passphrase = new Secret('correct horse battery staple');
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

describe('an age file', () => {
  it('with a passphrase is opened, whoever made it', async () => {
    const encrypter = new Encrypter();
    encrypter.setScryptWorkFactor(10);
    encrypter.setPassphrase(passphrase.reveal());
    const armored = armor.encode(await encrypter.encrypt('{"a":"ü"}'));
    expect(await files.decrypt(armored, { kind: 'passphrase', passphrase })).toBe('{"a":"ü"}');
  });

  it('for a post-quantum recipient opens with its identity', async () => {
    const identity = await generateHybridIdentity();
    const file = await files.encrypt('{}', { kind: 'recipient', recipient: await identityToRecipient(identity) });
    expect(await files.decrypt(base64(file), { kind: 'identity', identity: new Secret(`${identity}\n`) })).toBe('{}');
  });

  it.each([
    ['no file', '!', passphrase],
    ['no age file', base64(Buffer.from('age-encryption.org/v2\n')), passphrase],
    ['nothing', '', passphrase],
  ])('that is %s cannot be opened, and the error says no more', async (_, file, secret) => {
    const opening = files.decrypt(file, { kind: 'passphrase', passphrase: secret });
    await expect(opening).rejects.toMatchObject({ code: 'bundle.unreadable', cause: undefined });
  });

  it('is not made for what is no recipient', async () => {
    const lock = { kind: 'recipient', recipient: 'age1qqqq' } as const;
    await expect(files.encrypt('{}', lock)).rejects.toMatchObject({ code: 'bundle.bad_recipient' });
  });
});
