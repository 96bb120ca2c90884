import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { operations } from './contract.fixture.js';

interface Documented {
  label: string;
  who: string;
  statuses: string[];
}

// Names of path parameters are ours to choose.
const shapeOf = (label: string): string => label.replace(/\{[^}]+\}/g, '{}');
const published = new Map(operations.map((operation) => [shapeOf(operation.label), operation]));

const documented: Documented[] = readFileSync(new URL('./documented-operations.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('method\t'))
  .map((line) => {
    const [method = '', path = '', who = '', ok = '', errors = ''] = line.split('\t');
    const known = who === 'none' ? [] : ['401'];
    const gated = ['none', 'any'].includes(who) ? [] : ['403'];
    return {
      label: `${method} ${path}`,
      who,
      statuses: [ok, ...errors.split(',').filter(Boolean), ...known, ...gated],
    };
  });

describe('the documented operations', () => {
  it.each(documented)('$label is published with every documented status', ({ label, statuses }) => {
    const operation = published.get(shapeOf(label));
    expect(operation).toBeDefined();
    expect(Object.keys(operation?.responses ?? {})).toEqual(expect.arrayContaining(statuses));
  });
});
