import { describe, expect, it } from 'vitest';
import { canvasOf, modelOf, pluginsOf, routingOf, runtimeOf, workspaceDirFault } from './org-node-rules.js';

describe('what a workspace of an organisation gets', () => {
  it.each([
    [{ name: 'a', runtime: 'crewai' }, { runtime: 'codex' }, 'crewai', 'anthropic:claude-opus-4-7'],
    [{ name: 'a' }, { runtime: 'claude-code' }, 'claude-code', 'sonnet'],
    [{ name: 'a', runtime: 'made-up', model: 'own' }, { model: 'default' }, 'langgraph', 'own'],
    [{ name: 'a' }, { model: 'default' }, 'langgraph', 'default'],
  ])('%j beside %j runs on %s with %s', (workspace, defaults, runtime, model) => {
    expect([runtimeOf(workspace, defaults), modelOf(workspace, defaults, runtime)]).toEqual([runtime, model]);
  });

  it('are the default plugins and its own, without those it opts out of and without paths', () => {
    const workspace = { name: 'a', plugins: ['!b', '-c', 'd', 'a', '../etc/passwd', 'github://o/r#v1'] };
    expect(pluginsOf(workspace, { plugins: ['a', 'b', 'c'] })).toEqual({
      plugins: ['a', 'd', 'github://o/r#v1'],
      refused: ['../etc/passwd'],
    });
  });

  it('routes work by the defaults, where it says nothing else itself', () => {
    const defaults = { category_routing: { bug: ['dev'], docs: ['writer'] } };
    const workspace = { name: 'a', category_routing: { bug: ['qa'], docs: [] } };
    expect(routingOf(workspace, defaults)).toEqual({ bug: ['qa'] });
  });

  it.each([
    ['relative/path', 'workspace_dir must be absolute'],
    ['/srv/../etc', 'workspace_dir must not contain ".."'],
    ['/etc/cron.d', 'workspace_dir must not be a folder of the system'],
    ['/', 'workspace_dir must not be a folder of the system'],
    ['/srv/${TEAM}/repo', null],
    ['/etcetera', null],
  ])('works in %j only where %j', (workspace_dir, fault) => {
    expect(workspaceDirFault({ name: 'a', workspace_dir })).toBe(fault);
  });

  it('stands on the canvas where it says, else in two columns below its parent', () => {
    const parent = { x: 100, y: 50 };
    expect(canvasOf({ name: 'a', canvas: { x: 1, y: 2 } }, parent, 3)).toEqual({ x: 1, y: 2 });
    expect([0, 1, 2].map((nth) => canvasOf({ name: 'a' }, parent, nth))).toEqual([
      { x: 116, y: 180 },
      { x: 370, y: 180 },
      { x: 116, y: 324 },
    ]);
  });
});
