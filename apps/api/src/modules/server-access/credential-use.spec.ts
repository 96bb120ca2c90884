import { describe, expect, it } from 'vitest';
import { needsRefresh, unusable, usable } from './credential-use.js';
import type { StoredCredential } from './server-access.types.js';

const now = new Date('2026-11-22T12:00:00Z');
const past = new Date('2026-11-22T11:59:00Z');
const soon = new Date('2026-11-22T12:01:00Z');

const stored: StoredCredential = {
  id: 'c1',
  name: 'linear',
  username: null,
  sealedValue: 'v1.k.x',
  type: 'OAUTH2',
  status: 'ACTIVE',
  tokenExpiresAt: soon,
  nextRefreshAt: soon,
  renewable: true,
  lastErrorClass: null,
  managedBy: null,
};

describe('a stored credential', () => {
  it('is sent while it is active and lives, also when its last renewal failed', () => {
    const sent = { id: 'c1', name: 'linear', username: null, sealedValue: 'v1.k.x' };
    expect(usable({ ...stored, lastErrorClass: 'timeout' }, now)).toEqual(sent);
  });

  it('is renewed before its use when that is due, unless nobody may use it', () => {
    const due = { ...stored, nextRefreshAt: now };
    expect(
      [due, stored, { ...due, status: 'REVOKED' }, { ...due, type: 'API_KEY' }].map((row) => needsRefresh(row, now)),
    ).toEqual([true, false, false, false]);
  });

  it.each<[string, Partial<StoredCredential>, RegExp]>([
    ['has no value yet', { status: 'PENDING', sealedValue: null }, /no value yet/],
    ['lost its value', { sealedValue: null }, /no value yet/],
    ['was revoked', { status: 'REVOKED' }, /revoked/],
    ['was refused by its provider', { status: 'EXPIRED', lastErrorClass: 'definitive' }, /Connect it again/],
    ['was marked as expired', { status: 'EXPIRED' }, /has expired\. Connect/],
    ['failed its test', { status: 'ERROR' }, /last test failed/],
    [
      'expired and cannot renew itself',
      { tokenExpiresAt: past, renewable: false, nextRefreshAt: null },
      /has expired\. Connect/,
    ],
    [
      'expired while its provider is away',
      { tokenExpiresAt: past, lastErrorClass: 'http_5xx' },
      /could not be renewed \(http_5xx\)\. It is tried again at 2026-11-22T12:01:00/,
    ],
    ['expired while somebody renews it', { tokenExpiresAt: past, nextRefreshAt: null }, /under way.*next use/],
  ])('that %s is not sent, and says why', (_case, change, words) => {
    expect(usable({ ...stored, ...change }, now)).toBeNull();
    expect(unusable({ ...stored, ...change }).message).toMatch(words);
  });
});
