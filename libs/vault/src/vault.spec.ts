import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random, RandomIds, Secret, SystemClock } from '#kernel';
import { instancePlace, Vault } from './index.js';
import { MemoryDataKeys, placeOf, refusalOf, ringOf, vaultOver } from './vault.fixture.js';

const unreadable = (reason: string) => ({ code: 'vault.unreadable', status: 500, reason, logged: reason });

describe('Vault', () => {
  it.each([
    ['nothing', ''],
    ['one character', 'x'],
    ['Unicode beyond the first plane, NUL and a combining accent', 'schlüssel 🔑\u0000e\u0301 שלום'],
    ['64 KiB', 'k'.repeat(65_536)],
  ])('gives back %s exactly as it was sealed, in another process too', async (_what, plain) => {
    const dataKeys = new MemoryDataKeys();
    const sealed = await vaultOver(dataKeys).seal(new Secret(plain), placeOf());
    const opened = await vaultOver(dataKeys).open(sealed, placeOf());
    expect(opened.reveal()).toBe(plain);
  });

  it('refuses text that UTF-8 cannot carry rather than storing something else', async () => {
    const half = vaultOver(new MemoryDataKeys()).seal(new Secret('a\ud83d'), placeOf());
    await expect(half).rejects.toMatchObject({ code: 'vault.not_text', status: 400 });
  });

  it.each([
    ['row', placeOf({ rowId: 'r2' })],
    ['column', placeOf({ column: 'sealed_refresh_token' })],
    ['table', placeOf({ table: 'composio_settings' })],
    ['place whose parts only join to the same letters', placeOf({ table: 'credentialssealed', column: '_value' })],
  ])('does not open a value that was copied to another %s', async (_what, elsewhere) => {
    const vault = vaultOver(new MemoryDataKeys());
    const sealed = await vault.seal(new Secret('canary'), placeOf());
    expect(await refusalOf(vault.open(sealed, elsewhere))).toEqual(unreadable('not_authentic'));
  });

  it('does not open a value in another workspace, even when the data key was copied there with it', async () => {
    const dataKeys = new MemoryDataKeys();
    const sealed = await vaultOver(dataKeys).seal(new Secret('canary'), placeOf());
    const foreign = placeOf({ workspaceId: 'w2' });
    expect(await refusalOf(vaultOver(dataKeys).open(sealed, foreign))).toEqual(unreadable('unknown_data_key'));

    dataKeys.rows.push(...dataKeys.rows.map((row) => ({ ...row, workspaceId: 'w2' })));
    expect(await refusalOf(vaultOver(dataKeys).open(sealed, foreign))).toEqual(unreadable('not_authentic'));
  });

  it('does not open with another key of the same workspace when the key id was changed', async () => {
    const dataKeys = new MemoryDataKeys();
    const vault = vaultOver(dataKeys);
    const [version, , ...rest] = (await vault.seal(new Secret('canary'), placeOf())).split('.');
    dataKeys.rows.push(ringOf(1).wrap(Buffer.alloc(32, 7), 'w1', 'other-key'));
    const relabelled = (id: string) => [version, id, ...rest].join('.');
    expect(await refusalOf(vault.open(relabelled('other-key'), placeOf()))).toEqual(unreadable('not_authentic'));
    expect(await refusalOf(vault.open(relabelled('gone'), placeOf()))).toEqual(unreadable('unknown_data_key'));
  });

  it('does not open under another key id even when that id has the same key', async () => {
    const dataKeys = new MemoryDataKeys();
    const vault = vaultOver(dataKeys);
    const sealed = await vault.seal(new Secret('canary'), placeOf());
    const twins = dataKeys.rows.map((row) => ringOf(1).wrap(ringOf(1).unwrap(row), 'w1', 'twin'));
    dataKeys.rows.push(...twins);
    const relabelled = sealed.replace(/^v1\.[^.]+/, 'v1.twin');
    expect(await refusalOf(vault.open(relabelled, placeOf()))).toEqual(unreadable('not_authentic'));
  });

  it("takes no key of another workspace, even from a store that answers with another's row", async () => {
    const dataKeys = new MemoryDataKeys();
    const sealed = await vaultOver(dataKeys).seal(new Secret('canary'), placeOf());
    dataKeys.findCurrent = dataKeys.findById = async () => dataKeys.rows[0] ?? null;
    const foreign = placeOf({ workspaceId: 'w2' });
    const refusal = unreadable('not_authentic');
    expect(await refusalOf(vaultOver(dataKeys).open(sealed, foreign))).toEqual(refusal);
    expect(await refusalOf(vaultOver(dataKeys).seal(new Secret('theirs'), foreign))).toEqual(refusal);
  });

  it('opens no text that differs from a sealed one in a single byte, wherever and however', async () => {
    const vault = vaultOver(new MemoryDataKeys());
    const sealed = await vault.seal(new Secret('pw'), placeOf());
    for (let at = 0; at < sealed.length; at += 1) {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 255 }), async (flip) => {
          const bytes = Buffer.from(sealed, 'latin1');
          bytes.writeUInt8(bytes.readUInt8(at) ^ flip, at);
          const refusal = await refusalOf(vault.open(bytes.toString('latin1'), placeOf()));
          expect(refusal).toMatchObject({ code: 'vault.unreadable', status: 500 });
        }),
        { numRuns: 25 },
      );
    }
  });

  it('opens no beginning of a sealed text, and nothing with more at its end', async () => {
    const vault = vaultOver(new MemoryDataKeys());
    const sealed = await vault.seal(new Secret('canary'), placeOf());
    const wrong = [...Array(sealed.length).keys()].map((length) => sealed.slice(0, length));
    wrong.push(`${sealed}A`, `${sealed}=`, `${sealed}\n`, `${sealed}.`, `${sealed}.AAAA`, ` ${sealed}`);
    for (const text of wrong) {
      expect(await refusalOf(vault.open(text, placeOf()))).toMatchObject({ code: 'vault.unreadable' });
    }
  });

  it('knows no format but its own', async () => {
    const vault = vaultOver(new MemoryDataKeys());
    const sealed = await vault.seal(new Secret('canary'), placeOf());
    const next = sealed.replace(/^v1/, 'v2');
    expect(await refusalOf(vault.open(next, placeOf()))).toEqual(unreadable('unknown_format'));
    expect(await refusalOf(vault.open('v1:bGVnYWN5', placeOf()))).toEqual(unreadable('malformed'));
  });

  it('never uses a nonce twice, so equal secrets look different', async () => {
    const vault = vaultOver(new MemoryDataKeys());
    const sealed = await Promise.all(Array.from({ length: 2_000 }, () => vault.seal(new Secret('same'), placeOf())));
    expect(new Set(sealed.map((text) => text.split('.')[2])).size).toBe(2_000);
    expect(new Set(sealed.map((text) => text.split('.')[3])).size).toBe(2_000);
  });

  it('seals nothing when the random source falls short', async () => {
    class Drained extends Random {
      bytes(length: number): Buffer {
        return Buffer.alloc(Math.min(length, 8) + (length === 32 ? 24 : 0));
      }
    }
    const dataKeys = new MemoryDataKeys();
    await vaultOver(dataKeys).seal(new Secret('first'), placeOf());
    const vault = new Vault(ringOf(1), dataKeys, new Drained(), new RandomIds(new SystemClock()));
    await expect(vault.seal(new Secret('canary'), placeOf())).rejects.toThrow('8 bytes, not 12');
  });

  it('makes one data key for a workspace when its first secrets are sealed at once by several processes', async () => {
    const dataKeys = new MemoryDataKeys();
    const vaults = Array.from({ length: 4 }, () => vaultOver(dataKeys));
    const places = Array.from({ length: 40 }, (_, row) => placeOf({ rowId: `r${row}` }));
    const sealed = await Promise.all(
      places.map((place, row) => (vaults[row % 4] ?? vaultOver(dataKeys)).seal(new Secret(`s${row}`), place)),
    );
    expect(dataKeys.rows).toHaveLength(1);
    const reader = vaultOver(dataKeys);
    const opened = await Promise.all(sealed.map((text, row) => reader.open(text, placeOf({ rowId: `r${row}` }))));
    expect(opened.map((secret) => secret.reveal())).toEqual(places.map((_, row) => `s${row}`));
  });

  it('does not seal with a data key whose making was rolled back', async () => {
    const dataKeys = new MemoryDataKeys();
    const vault = vaultOver(dataKeys);
    await vault.seal(new Secret('rolled back'), placeOf());
    dataKeys.rows.length = 0;
    const sealed = await vault.seal(new Secret('kept'), placeOf());
    expect((await vaultOver(dataKeys).open(sealed, placeOf())).reveal()).toBe('kept');
  });

  it('asks the store once for a data key that many values need at the same moment', async () => {
    const dataKeys = new MemoryDataKeys();
    const sealed = await vaultOver(dataKeys).seal(new Secret('canary'), placeOf());
    let asked = 0;
    const findById = dataKeys.findById.bind(dataKeys);
    dataKeys.findById = (workspaceId, keyId) => {
      asked += 1;
      return findById(workspaceId, keyId);
    };
    const vault = vaultOver(dataKeys);
    const opened = await Promise.all(Array.from({ length: 20 }, () => vault.open(sealed, placeOf())));
    expect([asked, ...new Set(opened.map((secret) => secret.reveal()))]).toEqual([1, 'canary']);
  });

  it('opens a value although the store failed for another caller of the same moment', async () => {
    const dataKeys = new MemoryDataKeys();
    const sealed = await vaultOver(dataKeys).seal(new Secret('canary'), placeOf());
    const findById = dataKeys.findById.bind(dataKeys);
    dataKeys.findById = async () => {
      dataKeys.findById = findById;
      throw new Error('the transaction of the first caller is over');
    };
    const vault = vaultOver(dataKeys);
    const [first, second] = await Promise.allSettled([vault.open(sealed, placeOf()), vault.open(sealed, placeOf())]);
    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
  });

  it('seals secrets that belong to no workspace under a key of their own', async () => {
    const dataKeys = new MemoryDataKeys();
    const vault = vaultOver(dataKeys);
    const place = instancePlace({ table: 'users', column: 'sealed_totp', rowId: 'u1' });
    await vault.seal(new Secret('w'), placeOf());
    const sealed = await vault.seal(new Secret('mine'), place);
    expect((await vault.open(sealed, place)).reveal()).toBe('mine');
    expect(dataKeys.rows.map((row) => row.workspaceId)).toEqual(['w1', '@instance']);
  });

  it('refuses a place with an empty part, which would fit several rows', async () => {
    const vault = vaultOver(new MemoryDataKeys());
    const sealing = vault.seal(new Secret('canary'), placeOf({ rowId: '' }));
    await expect(sealing).rejects.toMatchObject({ code: 'vault.place_incomplete' });
  });

  it('lets a failure of the store through as it is, so that an outage is not taken for a lost secret', async () => {
    const dataKeys = new MemoryDataKeys();
    const sealed = await vaultOver(dataKeys).seal(new Secret('canary'), placeOf());
    const outage = new Error('no connection');
    dataKeys.findById = () => Promise.reject(outage);
    await expect(vaultOver(dataKeys).open(sealed, placeOf())).rejects.toBe(outage);
  });
});
