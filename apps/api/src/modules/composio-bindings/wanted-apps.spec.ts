import { describe, expect, it } from 'vitest';
import { type NamedApps, wantedApps } from './wanted-apps.js';

const named = (apps: NamedApps, connected: string[] = []) =>
  wantedApps(apps, connected).map(({ toolkit, mode }) => `${toolkit}:${mode}`);

describe('the apps that a request means', () => {
  it('are those of apps, each once, the first of a slug', () => {
    const apps = [
      { toolkit: ' Gmail ', mode: 'READ' },
      { toolkit: 'github', mode: '' },
      { toolkit: 'gmail', mode: 'custom', tools: ['A'] },
      { toolkit: '  ' },
    ];
    expect(named({ apps, toolkits: ['slack'] }, ['notion'])).toEqual(['gmail:read', 'github:full']);
  });

  it('are the toolkits at full where there are no apps', () => {
    expect(named({ apps: [], toolkits: ['Slack', 'slack', 'gmail'] })).toEqual(['slack:full', 'gmail:full']);
  });

  it('are all that are connected, in order, where neither is given', () => {
    expect(named({}, ['slack', 'gmail'])).toEqual(['gmail:full', 'slack:full']);
  });

  it.each<[string, NamedApps, string]>([
    ['none is left', { apps: [{ toolkit: ' ' }] }, 'no apps to bind (connect an app first)'],
    ['none is connected', {}, 'no apps to bind (connect an app first)'],
    [
      'a mode is unknown',
      { apps: [{ toolkit: 'Gmail', mode: 'some' }] },
      'invalid mode for gmail (use full|read|custom)',
    ],
    ['a slug has other characters', { toolkits: ['a%b'] }, 'toolkit must be a slug'],
  ])('are refused when %s', (_why, apps, sentence) => {
    expect(() => named(apps)).toThrow(sentence);
  });
});
