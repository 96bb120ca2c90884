import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Clock, defineErrors, RandomIds, Secret, statusOfKind } from './index.js';

class FixedClock extends Clock {
  constructor(private readonly instant: Date) {
    super();
  }
  now(): Date {
    return this.instant;
  }
}

describe('Secret', () => {
  it('shows nothing of its value to JSON, templates, errors or the inspector', () => {
    const secret = new Secret('canary-7d1');
    const seen = [JSON.stringify({ secret }), `${secret}`, inspect({ secret }), String(new Error(`${secret}`))].join();
    expect(seen).not.toContain('canary-7d1');
    expect(secret.reveal()).toBe('canary-7d1');
  });
});

describe('RandomIds', () => {
  it('makes ids that start with c, sort by time and never repeat', () => {
    const early = new RandomIds(new FixedClock(new Date('2026-01-01T00:00:00Z'))).next();
    const late = new RandomIds(new FixedClock(new Date('2026-01-01T00:00:01Z'))).next();
    expect(early).toMatch(/^c[0-9a-z]{24}$/);
    expect(early < late).toBe(true);
    const ids = new RandomIds(new FixedClock(new Date()));
    expect(new Set(Array.from({ length: 5_000 }, () => ids.next())).size).toBe(5_000);
  });
});

describe('defineErrors', () => {
  it('gives every error a code, a status and a sentence with its parameters', () => {
    const errors = defineErrors('kernel_spec', {
      nameTaken: { kind: 'conflict', message: 'The name {name} is taken' },
    });
    const error = errors.nameTaken({ params: { name: 'x' } });
    expect([error.code, error.status, error.message]).toEqual(['kernel_spec.name_taken', 409, 'The name x is taken']);
    expect(statusOfKind('upstream')).toBe(502);
  });

  it('refuses a code that is defined twice', () => {
    defineErrors('kernel_twice', { gone: { kind: 'gone', message: 'Gone' } });
    expect(() => defineErrors('kernel_twice', { gone: { kind: 'gone', message: 'Gone' } })).toThrow('defined twice');
  });
});
