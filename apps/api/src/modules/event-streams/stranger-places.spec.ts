import { describe, expect, it } from 'vitest';
import { StrangerPlaces } from './stranger-places.js';

const places = () => new StrangerPlaces({ strangers: 5, strangersPerAddress: 2 });

describe('places for connections that have not said who they are', () => {
  it.each([
    ['an address', '192.0.2.1', '192.0.2.1', '192.0.2.2'],
    ['an address in both spellings', '192.0.2.1', '::ffff:192.0.2.1', '192.0.2.2'],
    ['a network of IPv6', '2001:db8:0:1::1', '2001:db8:0:1:ffff::9', '2001:db8:0:2::1'],
  ])('are few for %s, and there for others', (_, first, second, other) => {
    const these = places();
    these.take(first);
    these.take(second);
    expect([these.refusalOf(first), these.refusalOf(other)]).toEqual(['too_many_of_address', null]);
  });

  it('are limited in all', () => {
    const these = places();
    for (let n = 0; n < 5; n += 1) these.take(`192.0.2.${n}`);
    expect(these.refusalOf('198.51.100.1')).toBe('full');
  });

  it('are given back once', () => {
    const these = places();
    const [back] = [these.take('192.0.2.1'), these.take('192.0.2.1')];
    back();
    back();
    expect(these.refusalOf('192.0.2.1')).toBeNull();
    these.take('192.0.2.1');
    expect(these.refusalOf('192.0.2.1')).toBe('too_many_of_address');
  });
});
