import { describe, expect, it } from 'vitest';
import { slackMarkdown } from './slack-markdown.js';

describe('Markdown for Slack', () => {
  it.each([
    ['bold', 'a **b** c', 'a *b* c'],
    ['a heading', '## Release **1.0**', '*Release 1.0*'],
    ['a link', '[the docs](https://x.example/a?b=c)', '<https://x.example/a?b=c|the docs>'],
    ['something struck out', '~~old~~ new', '~old~ new'],
    ['a rule', 'a\n\n---\n\nb', 'a\n\n----------\n\nb'],
    ['a table', 'x\n| a | b |\n|---|---|\n| 1 | **2** |\ny', 'x\n```\n| a | b |\n|---|---|\n| 1 | **2** |\n```\ny'],
    ['fenced code', '**a**\n```\n**b** # c\n```\n**d**', '*a*\n```\n**b** # c\n```\n*d*'],
    ['code that is not closed', 'a\n```\n**b**', 'a\n```\n**b**'],
    ['a mention of a person', '<@U1> look', '<@U1> look'],
    ['a call of everybody', '<!channel> <!here|here> <!everyone>', '&lt;!channel&gt; &lt;!here&gt; &lt;!everyone&gt;'],
  ])('writes %s as Slack reads it', (_what, markdown, mrkdwn) => {
    expect(slackMarkdown(markdown)).toBe(mrkdwn);
  });
});
