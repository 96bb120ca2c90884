import { expect, it } from 'vitest';
import { parseInstant } from './instant.js';

it.each([
  ['2026-01-31T10:20:30Z', '2026-01-31T10:20:30.000Z'],
  ['2026-01-31t10:20:30.123456z', '2026-01-31T10:20:30.123Z'],
  ['2026-01-31T10:20:30+02:00', '2026-01-31T08:20:30.000Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000Z'],
])('reads %s as the instant it names', (text, instant) => {
  expect(parseInstant(text)?.toISOString()).toBe(instant);
});

it('takes the end of a bare day where the end is meant, and leaves a full instant alone', () => {
  expect(parseInstant('2026-01-31', 'end')?.toISOString()).toBe('2026-01-31T23:59:59.999Z');
  expect(parseInstant('2026-01-31T10:20:30Z', 'end')?.toISOString()).toBe('2026-01-31T10:20:30.000Z');
});

it.each([
  '',
  'yesterday',
  '2026-02-30',
  '2026-13-01',
  '0000-01-01',
  '2026-01-31T25:00:00Z',
  '2026-01-31T10:20:30',
  '1767225600',
])('refuses %j', (text) => {
  expect(parseInstant(text)).toBeNull();
});
