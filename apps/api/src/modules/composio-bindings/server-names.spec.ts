import { describe, expect, it } from 'vitest';
import { fnvHash } from './fnv-hash.js';
import { appServerNames, defaultServerNames } from './server-names.js';

const workspace = 'ws0000abcdefgh';

describe('the name of a server at Composio', () => {
  it.each([
    ['gmail', [], 'crewship-abcdefgh-gmail-full'],
    ['github', [], 'crewship-abcdefgh-github-full'],
    ['googlecalendar', [], 'crewship-abcdefgh-ae84cc3f'],
    ['gmail', ['GMAIL_FETCH_EMAILS', 'GMAIL_LIST_THREADS'], 'crewship-abcdefgh-3ed97f88'],
    ['gmail', ['GMAIL_LIST_THREADS', 'gmail_fetch_emails'], 'crewship-abcdefgh-3ed97f88'],
    ['gmail', ['GMAIL_SEND_EMAIL'], 'crewship-abcdefgh-1c929229'],
  ])('for %s with %j is %s', (toolkit, tools, name) => {
    expect(appServerNames(workspace, toolkit, tools)[0]).toBe(name);
  });

  it('of the default connector ends so', () => {
    expect(defaultServerNames(workspace)[0]).toBe('crewship-abcdefgh-default');
  });

  it.each(['my_x', 'a', 'google_maps', 'x'.repeat(64)])('is one that Composio takes, also for %s', (toolkit) => {
    for (const id of [workspace, 'with_under_score_', 'short']) {
      const names = [
        ...appServerNames(id, toolkit, []),
        ...appServerNames(id, toolkit, ['A']),
        ...defaultServerNames(id),
      ];
      expect(names.filter((name) => !/^[A-Za-z0-9 -]{4,30}$/.test(name))).toEqual([]);
    }
  });

  it('has others in store that are all different', () => {
    const names = appServerNames(workspace, 'gmail', ['GMAIL_SEND_EMAIL']);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(1);
  });
});

describe('the hash in names', () => {
  it.each([
    ['', '811c9dc5'],
    ['a', 'e40c292c'],
    ['gmail_fetch_emails,gmail_list_threads', 'a33d448f'],
    ['gmail_send_email', '17baced3'],
  ])('of %j is %s', (text, hash) => {
    expect(fnvHash(text)).toBe(hash);
  });
});
