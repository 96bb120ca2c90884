import { expect, it } from 'vitest';
import { slugFromName } from './slug-from-name.js';

const none = new Set<string>();

it.each([
  ['Équipe de Paris', 'equipe-de-paris'],
  ['  --Ops & Co.--  ', 'ops-co'],
  ['Команда', 'crew'],
  ['A', 'crew-a'],
])('makes of %j the slug %s', (name, slug) => {
  expect(slugFromName(name, 'crew', none)).toBe(slug);
});

it('counts up until it finds a free one, and never exceeds 50 characters', () => {
  const long = 'x'.repeat(60);
  const taken = new Set(['x'.repeat(50), `${'x'.repeat(48)}-2`]);
  expect(slugFromName(long, 'crew', taken)).toBe(`${'x'.repeat(48)}-3`);
});
