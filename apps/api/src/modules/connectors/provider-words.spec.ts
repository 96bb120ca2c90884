import { describe, expect, it } from 'vitest';
import { readManifest } from '#connector-manifests';
import { ProviderWords } from './provider-words.js';

function wordsWith(token: string, site = ''): ProviderWords {
  const reading = readManifest(
    JSON.stringify({
      id: 'acme',
      name: 'Acme',
      auth_mode: 'pat',
      fields: [
        { key: 'token', label: 'T', type: 'password' },
        { key: 'site', label: 'S', type: 'text' },
      ],
      mcp: { transport: 'stdio', command: 'acme' },
    }),
  );
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  const values = new Map([
    ['token', token],
    ['site', site],
  ]);
  return new ProviderWords(reading.manifest, values);
}

describe('the words of a provider', () => {
  it.each([
    ['as it was sent', 'p@ss "word"'],
    ['in a URL', encodeURIComponent('p@ss "word"')],
    ['in JSON', 'p@ss \\"word\\"'],
    ['in Basic credentials', Buffer.from('p@ss "word"').toString('base64')],
  ])('do not show a submitted value %s', (_how, form) => {
    expect(wordsWith('p@ss "word"').line(`no: ${form}!`)).toMatch(/^no: \*\*\*=*!$/);
  });

  it('do not show values that are no secrets either, nor a value of which another is a part', () => {
    expect(wordsWith('abcd-efgh', 'abcd').line('abcd-efgh is not for abcd')).toBe('*** is not for ***');
  });

  it('are left out when a secret is too short to be found in them', () => {
    expect(wordsWith('abc').after('provider returned 401', 'abc is wrong')).toBe('provider returned 401');
  });

  it('are one short line without control and invisible characters', () => {
    const line = wordsWith('long-enough').line(`a\r\n\tb\u001b[31m\u202e${'x'.repeat(500)}`);
    expect(line).toMatch(/^a b\[31mx+…$/);
    expect(line).toHaveLength(300);
  });
});
