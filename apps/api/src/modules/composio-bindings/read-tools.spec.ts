import { describe, expect, it } from 'vitest';
import { isReadTool } from './read-tools.js';

const bySlug = (slug: string) => isReadTool({ slug, readOnly: null });

describe('a tool without hints of Composio', () => {
  it.each(['GMAIL_FETCH_EMAILS', 'gmail_list_threads', 'GITHUB_REPO_GET_ISSUE', 'GMAIL_GETPROFILE', 'SEARCH'])(
    'reads by the word in %s',
    (slug) => {
      expect(bySlug(slug)).toBe(true);
    },
  );

  it.each([
    ['a word that writes', 'GMAIL_SEND_EMAIL'],
    ['one beside a word that reads', 'DRIVE_GET_OR_CREATE_FOLDER'],
    ['one that the first list lacked', 'DRIVE_GET_OR_SHARE_FILE'],
    ['no word that is known', 'GMAIL_FROBNICATE_MAIL'],
    ['a word that reads in the app’s own name only', 'SEARCH_FROBNICATE_PAGE'],
    ['a word that only begins like one that reads', 'GMAIL_LISTENER'],
  ])('does not for %s: %s', (_why, slug) => {
    expect(bySlug(slug)).toBe(false);
  });
});

describe('a tool with hints of Composio', () => {
  it('is what they say, whatever its words', () => {
    expect(isReadTool({ slug: 'GMAIL_FETCH_EMAILS', readOnly: false })).toBe(false);
    expect(isReadTool({ slug: 'CRM_EXECUTE_QUERY', readOnly: true })).toBe(true);
  });
});
