import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminToken, startTemplatesApp, type TemplatesApp } from '../templates/instance-admin.fixture.js';
import { importOrg, nested, rowCounts } from './org-app.fixture.js';

const leaf = { workspaces: [{ name: 'x' }] };

describe('a hostile organisation template', () => {
  let app: TemplatesApp;
  let before: Record<string, number>;

  beforeAll(async () => {
    app = await startTemplatesApp();
    await app.write({
      'secret/org.yaml': 'name: Secret\nworkspaces: [{name: x}]',
      'secret/secret.md': 'the-secret-outside',
      'orgs-evil/org.yaml': 'name: Evil neighbour',
      'orgs/base/org.yaml': 'name: Base\nworkspaces: [{name: x}]',
    });
    before = await rowCounts(app);
  });
  afterAll(() => app.close());

  const refusedWith = async (body: unknown, httpStatus: number, detail: string): Promise<void> => {
    const answer = await importOrg(app, body);
    expect(answer).toMatchObject({ httpStatus, detail });
    expect(JSON.stringify(answer)).not.toContain('the-secret-outside');
    expect(await rowCounts(app)).toEqual(before);
  };
  const file = async (name: string, files: Readonly<Record<string, string>>): Promise<void> => {
    await app.write(Object.fromEntries(Object.entries(files).map(([path, text]) => [`orgs/${name}/${path}`, text])));
  };

  it.each([
    ['../secret', 400, 'invalid org directory'],
    ['base/../../secret', 400, 'invalid org directory'],
    ['../orgs-evil', 400, 'invalid org directory'],
    ['/etc', 400, 'invalid org directory'],
    ['a\\..\\b', 400, 'invalid org directory'],
    ['a\u0000b', 400, 'invalid request body'],
    ['nothing', 404, 'org template not found: nothing'],
    ['.', 404, 'org template not found: .'],
  ])('row 38: is not read from %j', async (dir, status, detail) => {
    await refusedWith({ dir }, status, detail);
  });

  it('row 38: is not read through links that lead out of the folder', async () => {
    symlinkSync(join(app.root, 'secret'), join(app.root, 'orgs', 'linked'));
    await refusedWith({ dir: 'linked' }, 400, 'invalid org directory');
    await file('inner', { 'note.md': '' });
    symlinkSync(join(app.root, 'secret', 'org.yaml'), join(app.root, 'orgs', 'inner', 'org.yaml'));
    await refusedWith({ dir: 'inner' }, 400, 'invalid org directory');
    const { data } = await app.test.as({ token: adminToken }).GET('/api/v1/org/templates', {});
    expect(data?.map(({ dir }) => dir)).toEqual(['base']);
  });

  it.each([
    ['an alias bomb', `a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\nname: x`],
    ['a tag of a language', 'name: !!js/function "function () {}"'],
    ['a merge', 'a: &a {x: 1}\nname: x\ndefaults:\n  <<: *a'],
    ['brackets without end', `name: x\nworkspaces: ${'['.repeat(50_000)}`],
    ['a huge text', `name: x\ndescription: ${'x'.repeat(300_000)}`],
    ['a wrong type', 'name: x\nworkspaces: {a: b}'],
    ['a workspace without a name', 'name: x\nworkspaces: [{role: y}]'],
    ['an empty any_of', 'name: x\nrequired_env: [{any_of: []}]'],
    ['a NUL', 'name: "a\\0b"'],
    ['half a character', 'name: "a\\ud800b"'],
    ['a million workspaces', `name: x\nworkspaces:\n${'- {name: a}\n'.repeat(10_000)}`],
  ])('row 38: %s is refused before anything is written', async (what, text) => {
    const name = `yaml-${what.replace(/\W+/g, '-')}`;
    await file(name, { 'org.yaml': text });
    await refusedWith({ dir: name, force: true }, 400, 'invalid org template');
  });

  it('row 38: a file of more than a mebibyte is not read', async () => {
    await file('huge', { 'org.yaml': `name: x\n#${'x'.repeat(1_100_000)}` });
    await refusedWith({ dir: 'huge' }, 400, 'invalid org directory');
    await file('huge-prompt', {
      'org.yaml': 'name: x\nworkspaces: [{name: a, initial_prompt_file: p.md}]',
      'p.md': 'x'.repeat(1_100_000),
    });
    await refusedWith({ dir: 'huge-prompt' }, 400, 'invalid org template');
  });

  it.each<[string, Record<string, string>]>([
    [
      'circle',
      {
        'org.yaml': 'name: x\nworkspaces: !include a.yaml',
        'a.yaml': '[!include b.yaml]',
        'b.yaml': '!include a.yaml',
      },
    ],
    ['itself', { 'org.yaml': '!include org.yaml' }],
    ['parent', { 'org.yaml': 'workspaces: !include ../../secret/org.yaml' }],
    ['deep-parent', { 'org.yaml': 'workspaces: !include a/b.yaml', 'a/b.yaml': '!include ../../../secret/org.yaml' }],
    ['absolute', { 'org.yaml': 'workspaces: !include /etc/hostname' }],
    ['missing', { 'org.yaml': 'workspaces: !include nothing.yaml' }],
    ['empty', { 'org.yaml': 'workspaces: !include ""' }],
    [
      'deep',
      {
        'org.yaml': 'name: !include 0.yaml',
        ...Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`${n}.yaml`, `!include ${n + 1}.yaml`])),
      },
    ],
    [
      'bomb',
      {
        'org.yaml': 'name: x\nworkspaces: !include 0.yaml',
        ...Object.fromEntries(
          Array.from({ length: 12 }, (_, n) => [
            `${n}.yaml`,
            `[${Array.from({ length: 10 }, () => `!include ${n + 1}.yaml`).join(', ')}]`,
          ]),
        ),
        '12.yaml': 'x',
      },
    ],
  ])('row 38: !include %s is refused', async (name, files) => {
    await file(`include-${name}`, files);
    await refusedWith({ dir: `include-${name}` }, 400, 'org template expansion failed');
  });

  it('row 38: !include does not follow a link out of the folder, and does read a file beside', async () => {
    await file('include-link', { 'org.yaml': 'name: x\nworkspaces: [!include out.yaml]' });
    symlinkSync(join(app.root, 'secret', 'org.yaml'), join(app.root, 'orgs', 'include-link', 'out.yaml'));
    await refusedWith({ dir: 'include-link' }, 400, 'org template expansion failed');
    await file('include-beside', {
      'org.yaml': 'name: x\nworkspaces: !include a/b.yaml',
      'a/b.yaml': '[!include ../c.yaml]',
      'c.yaml': 'name: Beside',
    });
    const { data } = await app.test.as({ token: adminToken }).GET('/api/v1/org/templates', {});
    expect(data?.find(({ dir }) => dir === 'include-beside')?.workspaces).toBe(1);
  });

  it.each([
    ['files_dir: ../../secret'],
    ['files_dir: /etc'],
    ['initial_prompt_file: ../../../secret/secret.md'],
    ['idle_prompt_file: /etc/hostname'],
    ['template: ../secret'],
    ['template: /etc'],
    ['schedules: [{cron_expr: "* * * * *", prompt_file: ../../secret/secret.md}]'],
    ['files_dir: out'],
    ['initial_prompt_file: out/secret.md'],
    ['workspace_dir: /etc'],
    ['workspace_dir: ../x'],
    ['workspace_access: read_write'],
  ])('row 38: a workspace reaches nothing outside: %s', async (line) => {
    const name = `reach-${line.replace(/\W+/g, '-').slice(0, 60)}`;
    await file(name, { 'org.yaml': `name: x\nworkspaces:\n  - name: good\n  - name: bad\n    ${line}` });
    symlinkSync(join(app.root, 'secret'), join(app.root, 'orgs', name, 'out'));
    await refusedWith({ dir: name }, 400, 'invalid org template');
  });

  it('row 38: the .env of a folder outside is not read', async () => {
    await file('env', { 'org.yaml': 'name: x\nworkspaces: [{name: a}]' });
    await app.write({ 'secret/.env': 'STOLEN=the-secret-outside' });
    symlinkSync(join(app.root, 'secret', '.env'), join(app.root, 'orgs', 'env', '.env'));
    await refusedWith({ dir: 'env' }, 400, 'invalid org template');
  });

  it.each<[unknown, string]>([
    [{}, "provide 'dir' or 'template'"],
    [{ template: leaf }, "provide 'dir' or 'template'"],
    [{ template: { name: '' } }, "provide 'dir' or 'template'"],
    [{ dir: 1 }, 'invalid request body'],
    [{ template: [] }, 'invalid request body'],
    [{ template: { name: 'x' }, force: 'yes' }, 'invalid request body'],
    [{ template: { name: 'x', workspaces: [{}] } }, 'invalid request body'],
    [{ template: { name: 'x', required_env: [{ any_of: [] }] } }, 'invalid request body'],
    [
      { template: { name: 'x', workspaces: Array.from({ length: 201 }, () => ({ name: 'a' })) } },
      'invalid request body',
    ],
    [{ template: { name: 'x', workspaces: [{ name: 'top', ...nested(16) }] } }, 'invalid request body'],
    [{ template: { name: 'x', workspaces: [{ name: 'top', ...nested(100) }] } }, 'invalid request body'],
  ])('in the body is refused as a whole: %j', async (body, detail) => {
    await refusedWith(body, 400, detail);
  });

  it('does not put a secret of the instance where people see it', async () => {
    const by = app.test.as({ token: adminToken });
    await by.POST('/api/v1/settings/secrets', { body: { key: 'HIDDEN', value: '-100777' } });
    const channels = [
      { type: 'telegram', config: { bot_token: `1234567890:${'A'.repeat(35)}`, chat_id: '${HIDDEN}' } },
    ];
    const made = await importOrg(app, { template: { name: 'Thief', workspaces: [{ name: 'a', channels }] } });
    expect(made.report?.skipped).toEqual([
      {
        workspace: 'a',
        kind: 'channel',
        name: 'telegram',
        reason: 'a secret of the instance stands in a field that is shown: chat_id',
      },
    ]);
    expect(JSON.stringify(made)).not.toContain('-100777');
  });
});
