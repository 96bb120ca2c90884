import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret, SystemRandom } from '#kernel';
import { KeyRing } from './index.js';
import { MemoryDataKeys, placeOf, refusalOf, ringOf, vaultOver } from './vault.fixture.js';

describe('KeyRing', () => {
  it('opens everything sealed before a rotation, and goes on doing so when the old version is gone', async () => {
    const dataKeys = new MemoryDataKeys();
    const sealed = await vaultOver(dataKeys, ringOf(1)).seal(new Secret('old'), placeOf());
    const both = ringOf(1, 2);
    expect((await vaultOver(dataKeys, both).open(sealed, placeOf())).reveal()).toBe('old');

    dataKeys.rows.splice(0, 1, ...dataKeys.rows.map((row) => both.rewrap(row)));
    expect(dataKeys.rows.map((row) => row.keyVersion)).toEqual([2]);
    expect((await vaultOver(dataKeys, ringOf(2)).open(sealed, placeOf())).reveal()).toBe('old');
    expect(await refusalOf(vaultOver(dataKeys, ringOf(1)).open(sealed, placeOf()))).toMatchObject({
      reason: 'unknown_key_version',
    });
  });

  it('leaves a data key of the current version alone, so that a rotation may be run twice', () => {
    const ring = ringOf(1, 2);
    const wrapped = ring.wrap(Buffer.alloc(32, 1), 'w1', 'k1');
    expect(ring.rewrap(wrapped)).toBe(wrapped);
  });

  it('never tries another version than the one a data key names', async () => {
    const dataKeys = new MemoryDataKeys();
    const sealed = await vaultOver(dataKeys, ringOf(1)).seal(new Secret('x'), placeOf());
    const [row] = dataKeys.rows.splice(0);
    if (row === undefined) throw new Error('no data key was made');
    dataKeys.rows.push({ ...row, keyVersion: 2 });
    const refusal = await refusalOf(vaultOver(dataKeys, ringOf(1, 2)).open(sealed, placeOf()));
    expect(refusal).toMatchObject({ code: 'vault.unreadable', reason: 'not_authentic' });
    expect(() => ringOf(1, 3).rewrap({ ...row, keyVersion: 2 })).toThrow('could not be read');
  });

  it('does not unwrap a data key that was moved to another workspace or id', () => {
    const ring = ringOf(1);
    const wrapped = ring.wrap(Buffer.alloc(32, 1), 'w1', 'k1');
    expect(() => ring.unwrap({ ...wrapped, workspaceId: 'w2' })).toThrow('not authentic');
    expect(() => ring.unwrap({ ...wrapped, id: 'k2' })).toThrow('not authentic');
    expect(ring.unwrap(wrapped)).toEqual(Buffer.alloc(32, 1));
  });

  it.each([
    ['too short', 'ab'.repeat(31)],
    ['not hexadecimal', 'zz'.repeat(32)],
    ['followed by a line break', `${'ab'.repeat(32)}\n`],
  ])('refuses a key that is %s, without showing it', (_what, hex) => {
    const make = () => new KeyRing({ keys: new Map([[1, new Secret(hex)]]), current: 1 }, new SystemRandom());
    expect(make).toThrow('key of version 1 is not 64 hexadecimal characters');
  });

  it('refuses a current version that has no key', () => {
    const keys = new Map([[1, new Secret('ab'.repeat(32))]]);
    expect(() => new KeyRing({ keys, current: 2 }, new SystemRandom())).toThrow('no key of the current version 2');
  });

  it('shows no key to the inspector or JSON', () => {
    const ring = new KeyRing({ keys: new Map([[1, new Secret('5c'.repeat(32))]]), current: 1 }, new SystemRandom());
    expect(inspect(ring, { showHidden: true, depth: 5 }) + JSON.stringify(ring)).not.toMatch(/Buffer|5c5c|5c 5c/);
  });
});
