import { describe, expect, it } from 'vitest';
import { bundleSchema } from './bundle.schema.js';
import { filesAsMembers, leadPromptOf, membersAsFiles, plainRuntimeOf } from './bundle-files-rules.js';

const bundle = (members: object) => bundleSchema.parse({ name: 'W', ...members });
const file = (path: string, content = path) => ({ path, content });

describe('the files of a bundle', () => {
  it('come back as they were, whichever member holds them', () => {
    const files = [
      'a/b/c.txt',
      'config.yaml',
      'skills/loose.md',
      'skills/x/SKILL.md',
      'skills/x/lib/y.py',
      'system-prompt.md',
    ];
    const members = filesAsMembers(
      files.map((path) => file(path)),
      null,
    );
    const back = membersAsFiles(bundle(members)).map(({ path }) => path);
    expect(back.sort()).toEqual(files);
  });

  it('give no file for instructions that are the lead agent’s own', () => {
    const agents = [{ slug: 'lead', name: 'Lead', crew: 'crew', agent_role: 'LEAD', system_prompt: 'Lead.' }];
    expect(membersAsFiles(bundle({ agents, system_prompt: 'Lead.' }))).toEqual([]);
    expect(membersAsFiles(bundle({ agents, system_prompt: 'Other.' }))).toEqual([file('system-prompt.md', 'Other.')]);
  });

  it('take the lead’s instructions where there is no file of them', () => {
    const agents = [
      { slug: 'b', agentRole: 'LEAD', systemPrompt: 'second' },
      { slug: 'a', agentRole: 'LEAD', systemPrompt: 'first' },
    ];
    expect(filesAsMembers([], leadPromptOf(agents)).system_prompt).toBe('first');
    expect(filesAsMembers([file('system-prompt.md', 'own')], 'first').system_prompt).toBe('own');
  });
});

describe('a skill', () => {
  const skillOf = (text: string) => filesAsMembers([file('skills/x/SKILL.md', text)], null).skills[0];

  it.each([
    ['---\nname: "Quoted"\ndescription: \'It: finds\'\n---\n', 'Quoted', 'It: finds'],
    ['---\nname: Folded\ndescription: >\n  Finds\n  things\n---\n', 'Folded', 'Finds things'],
    ['---\nname: Loose\ndescription: Use when: asked\n---\n', 'Loose', 'Use when: asked'],
    ['---\r\nname: Lines\r\n---\r\n', 'Lines', ''],
    ['no head', 'x', ''],
  ])('is called and described as the head of its SKILL.md %j says', (text, name, description) => {
    expect(skillOf(text)).toMatchObject({ name, description });
  });
});

describe('the runtime of a plain bundle', () => {
  it.each([
    ['name: a\nruntime: claude-code\n', 'claude-code'],
    ['runtime: "crewai" # why\n', 'crewai'],
    ['  runtime: inner\n', 'langgraph'],
    ['', 'langgraph'],
  ])('in %j is %s', (text, runtime) => {
    expect(plainRuntimeOf(bundle({ prompts: { 'config.yaml': text } }))).toBe(runtime);
  });
});
