import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { adminToken, startTemplatesApp, type TemplatesApp } from './instance-admin.fixture.js';

const path = '/api/v1/templates/import';

describe('workspace templates', () => {
  let app: TemplatesApp;
  let folder: string;

  beforeAll(async () => {
    app = await startTemplatesApp();
    folder = join(app.root, 'templates');
  });
  beforeEach(() => rm(folder, { recursive: true, force: true }));
  afterAll(() => app.close());

  const send = (json: unknown, token: string | null = adminToken, at: TemplatesApp = app) =>
    at.test.call(path, { method: 'POST', json, ...(token !== null && { token }) });
  const answer = async (response: Response) => ({ ...((await response.json()) as object), code: response.status });
  const list = async () => (await app.test.as({ token: adminToken }).GET('/api/v1/templates', {})).data;
  const onDisk = () => {
    try {
      return readdirSync(folder, { recursive: true }).map(String).sort();
    } catch {
      return [];
    }
  };

  it('are none without a folder, and those of its folders that have a valid config.yaml', async () => {
    expect(await list()).toEqual([]);
    await app.write({
      'templates/full/config.yaml': [
        'name: Full',
        'description: Does it all',
        'tier: 3',
        'runtime: langgraph',
        'skills: [triage, review]',
        'runtime_config:',
        '  model: anthropic:x',
        '  required_env: [API_KEY]',
        '  provision_timeout_seconds: 90',
        '  models: [{id: m1, name: One, required_env: [A]}, {id: m2}]',
      ].join('\n'),
      'templates/least/config.yaml': '{}',
      'templates/broken/config.yaml': 'name: [',
      'templates/aliases/config.yaml': 'a: &a [x]\nskills: *a',
      'templates/none/README.md': 'nothing',
      'templates/file.yaml': 'name: file',
    });
    const least = { name: '', description: '', tier: 0, runtime: '', model: '', skills: [], skill_count: 0 };
    expect(await list()).toEqual([
      {
        id: 'full',
        name: 'Full',
        description: 'Does it all',
        tier: 3,
        runtime: 'langgraph',
        model: 'anthropic:x',
        models: [{ id: 'm1', name: 'One', required_env: ['A'] }, { id: 'm2' }],
        required_env: ['API_KEY'],
        skills: ['triage', 'review'],
        skill_count: 2,
        provision_timeout_seconds: 90,
      },
      { id: 'least', ...least },
    ]);
    await writeFile(join(folder, 'least', 'config.yaml'), 'name: Renamed');
    expect((await list())?.map(({ name }) => name)).toEqual(['Full', 'Renamed']);
  });

  it('are imported from files, with a config.yaml where there is none', async () => {
    const files = { 'b.md': 'B', 'a.md': 'A', 'skills/triage/SKILL.md': 'S', 'skills/triage/x/SKILL.md': 'no' };
    const made = await answer(await send({ name: 'My "Agent"\n', files }));
    expect(made).toEqual({ code: 201, status: 'imported', id: 'my-agent', name: 'My "Agent"\n' });
    expect((await list())?.[0]).toEqual({
      id: 'my-agent',
      name: 'My "Agent"\n',
      description: 'Imported agent',
      tier: 3,
      runtime: '',
      model: 'anthropic:claude-haiku-4-5-20251001',
      skills: ['triage'],
      skill_count: 1,
    });
    expect(readFileSync(join(folder, 'my-agent', 'config.yaml'), 'utf8')).toContain(
      'prompt_files:\n  - "a.md"\n  - "b.md"',
    );
    const audit = await app.test.prisma.client.auditLog.findMany({ where: { action: 'template.import' } });
    expect(audit).toMatchObject([{ entityId: 'my-agent', actorType: 'instance_admin', workspaceId: null }]);
  });

  it.each([
    ['My Agent', 'my-agent'],
    ['Agent v2.0', 'agent-v20'],
    ['../hack', 'hack'],
    ['$$$', 'unnamed'],
  ])('are named by a slug: %j is %s', async (name, id) => {
    expect(await answer(await send({ name, files: { 'a.md': '' } }))).toMatchObject({ id });
    expect(readdirSync(folder)).toEqual([id]);
  });

  it('are never replaced', async () => {
    await send({ name: 'Mine', files: { 'a.md': 'first' } });
    const again = await answer(await send({ name: 'mine', files: { 'a.md': 'second' } }));
    expect(again).toMatchObject({
      status: 409,
      detail: 'template already exists',
      error: 'template already exists',
      id: 'mine',
    });
    await mkdir(join(folder, 'empty'));
    expect((await send({ name: 'empty', files: { 'a.md': '' } })).status).toBe(409);
    expect(readFileSync(join(folder, 'mine', 'a.md'), 'utf8')).toBe('first');
    expect(onDisk()).toEqual(['empty', 'mine', 'mine/a.md', 'mine/config.yaml']);
  });

  it('are imported exactly once, however many replicas are asked at once', async () => {
    const other = await startTemplatesApp({}, app);
    try {
      const asked = Array.from({ length: 12 }, (_, n) =>
        send({ name: 'race', files: { 'a.md': String(n) } }, adminToken, n % 2 ? other : app),
      );
      const statuses = (await Promise.all(asked)).map(({ status }) => status);
      expect(statuses.sort()).toEqual([201, ...Array.from({ length: 11 }, () => 409)]);
      expect(onDisk()).toEqual(['race', 'race/a.md', 'race/config.yaml']);
    } finally {
      await other.close();
    }
  });

  it('are imported once for one Idempotency-Key, with the same answer', async () => {
    const once = () =>
      app.test.call(path, {
        method: 'POST',
        token: adminToken,
        json: { name: 'keyed', files: { 'a.md': '' } },
        headers: { 'Idempotency-Key': 'template-1' },
      });
    const [first, second] = [await answer(await once()), await answer(await once())];
    expect(second).toEqual(first);
    expect(first).toMatchObject({ id: 'keyed' });
  });

  const many = (count: number, content: string) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}.md`, content]));
  const invalid = 'invalid request body';

  it.each<[string, unknown, number, string]>([
    ['no name', { files: { 'a.md': '' } }, 400, invalid],
    ['no files', { name: 'x' }, 400, invalid],
    ['empty files', { name: 'x', files: {} }, 400, invalid],
    ['files that are a list', { name: 'x', files: ['a'] }, 400, invalid],
    ['a file that is no text', { name: 'x', files: { 'a.md': 1 } }, 400, invalid],
    ['a name that is no text', { name: 1, files: { 'a.md': '' } }, 400, invalid],
    ['files and a source', { name: 'x', files: { 'a.md': '' }, source: 'github://a/b#c' }, 400, invalid],
    ['too many files', { name: 'x', files: many(201, '') }, 400, 'too many files (201), max 200'],
    [
      'a huge file',
      { name: 'x', files: { 'a.md': 'x'.repeat(1_048_577) } },
      413,
      'template exceeds size limit: 1 MiB a file',
    ],
    [
      'too much in all',
      { name: 'x', files: many(11, 'x'.repeat(1_000_000)) },
      413,
      'template exceeds size limit: 10 MiB in all',
    ],
    ['a body of 17 MB', { name: 'x'.repeat(17 * 1_048_576) }, 413, 'Request body too large: at most 16 MB is accepted'],
  ])('are not imported from %s', async (_, json, status, detail) => {
    expect(await answer(await send(json))).toMatchObject({ code: status, detail });
    expect(onDisk()).toEqual([]);
  });

  it('may have 10 MiB, which is more than other bodies', async () => {
    expect((await send({ name: 'big', files: many(10, 'x'.repeat(1_048_000)) })).status).toBe(201);
  });

  it.each([
    '../x',
    'a/../../x',
    '/etc/passwd',
    'a\\..\\x',
    'C:/x',
    '',
    '.',
    'a/..',
    'a..b',
    'a\u0000b',
    'a\nb',
    './/',
    `${'d/'.repeat(600)}x`,
  ])('row 38: no path leads out of the folder or hides in it: %j', async (bad) => {
    expect(await answer(await send({ name: 'x', files: { [bad]: 'x' } }))).toMatchObject({
      status: 400,
      detail: invalid,
    });
    expect(onDisk()).toEqual([]);
  });

  it.each([[{ 'a.md': '', 'A.md': '' }], [{ a: '', 'a/b': '' }], [{ 'a//b': '', 'a/b': '' }]])(
    'row 38: no two files stand in one place: %j',
    async (files) => {
      expect(await answer(await send({ name: 'x', files }))).toMatchObject({ code: 400, detail: invalid });
      expect(onDisk()).toEqual([]);
    },
  );

  it.each([
    ['an alias bomb', `a: &a [x]\n${'b: &b [*a,*a,*a,*a]\n'.repeat(1)}c: [*b,*b]`],
    ['a tag of a language', 'name: !!js/function "function () {}"'],
    ['a custom tag', 'name: !include /etc/passwd'],
    ['a merge', 'a: &a {x: 1}\nb:\n  <<: *a'],
    ['two documents', 'name: a\n---\nname: b'],
    ['repeated keys', 'name: a\nname: b'],
    ['brackets without end', '['.repeat(50_000)],
    ['a wrong type', 'tier: many'],
  ])('row 38: a config.yaml with %s is refused before anything is written', async (_, config) => {
    const refused = await answer(await send({ name: 'x', files: { 'config.yaml': config } }));
    expect(refused).toMatchObject({ code: 400, detail: invalid, errors: [{ field: 'files.config.yaml' }] });
    expect(onDisk()).toEqual([]);
  });

  it('row 38: a link in the folder that leads out of it is no template', async () => {
    await app.write({ 'elsewhere/config.yaml': 'name: Elsewhere', 'templates/ok/config.yaml': 'name: Ok' });
    symlinkSync(join(app.root, 'elsewhere'), join(folder, 'linked'));
    await mkdir(join(folder, 'inner'));
    symlinkSync(join(app.root, 'elsewhere', 'config.yaml'), join(folder, 'inner', 'config.yaml'));
    expect((await list())?.map(({ id }) => id)).toEqual(['ok']);
  });

  it('leave nothing behind when the disk fails', async () => {
    // A file stands where the folder of the templates should be.
    await writeFile(folder, 'not a folder');
    const failed = await answer(await send({ name: 'x', files: { 'a.md': '' } }));
    expect(failed).toMatchObject({ code: 500, detail: 'failed to write template' });
    expect(readFileSync(folder, 'utf8')).toBe('not a folder');
    expect(await app.test.prisma.client.auditLog.count({ where: { entityId: 'x' } })).toBe(0);
  });

  it('are taken away again when their record cannot be kept', async () => {
    await app.test.prisma.client.$executeRaw`
      CREATE OR REPLACE FUNCTION refuse_template() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'not kept'; END $$`;
    await app.test.prisma.client.$executeRaw`
      CREATE CONSTRAINT TRIGGER refuse_template AFTER INSERT ON audit_logs DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW.entity_id = 'unkept') EXECUTE FUNCTION refuse_template()`;
    const failed = await answer(await send({ name: 'unkept', files: { 'a.md': '' } }));
    expect(failed).toMatchObject({ code: 500, detail: 'Internal server error' });
    expect(onDisk()).toEqual([]);
  });

  it('are for the instance administrator', async () => {
    const owner = await app.test.seed.workspace();
    expect((await send({}, null)).status).toBe(401);
    expect((await send({}, owner.token)).status).toBe(403);
    expect((await send({ name: 'by-person', files: { 'a.md': '' } }, app.person.token)).status).toBe(201);
    expect((await app.test.call('/api/v1/templates', { token: owner.token })).status).toBe(403);
    expect((await app.test.call('/api/v1/templates')).status).toBe(401);
  });
});
