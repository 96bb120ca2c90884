import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CrewFoundingService } from '../../../apps/api/src/modules/crews/crew-founding.service.js';
import { startTemplatesApp, type TemplatesApp } from '../templates/instance-admin.fixture.js';
import { acmeFolder } from './acme.fixture.js';
import { importOrg, nested, rowCounts } from './org-app.fixture.js';

describe('an import of an organisation', () => {
  let app: TemplatesApp;

  beforeAll(async () => {
    app = await startTemplatesApp();
    await app.write(acmeFolder);
  });
  afterAll(() => app.close());

  it('gives every workspace a slug of its own, and no members when it is done with ADMIN_TOKEN', async () => {
    const template = { name: 'Twins', workspaces: [{ name: 'Same' }, { name: 'Same' }, { name: 'é' }] };
    const [first, second] = [await importOrg(app, { template }), await importOrg(app, { template })];
    const slugs = [first, second].flatMap((each) => each.workspaces?.map(({ slug }) => slug) ?? []);
    expect(slugs.slice(0, 3)).toEqual(['same', expect.stringMatching(/^same-[a-z0-9]{8}$/), 'workspace']);
    expect(new Set(slugs).size).toBe(6);
    const ids = first.workspaces?.map(({ id }) => id) ?? [];
    expect(await app.test.prisma.client.workspaceMember.count({ where: { workspaceId: { in: ids } } })).toBe(0);
  });

  it('gives slugs to imports that run at once', async () => {
    const template = { name: 'Race', workspaces: [{ name: 'Raced' }] };
    const all = await Promise.all(Array.from({ length: 6 }, () => importOrg(app, { template })));
    expect(all.map(({ httpStatus }) => httpStatus)).toEqual(Array.from({ length: 6 }, () => 201));
    expect(new Set(all.map(({ workspaces }) => workspaces?.[0]?.slug)).size).toBe(6);
  });

  it('changes nothing when it is sent again with its Idempotency-Key or its import_key', async () => {
    const template = { name: 'Once', workspaces: [{ name: 'Once' }] };
    const headers = { 'Idempotency-Key': 'org-once' };
    const first = await importOrg(app, { template }, { headers });
    expect(await importOrg(app, { template }, { headers })).toEqual(first);
    const keyed = { template, import_key: 'once' };
    const second = await importOrg(app, keyed);
    const before = await rowCounts(app);
    expect(await importOrg(app, keyed)).toEqual({ ...second, repeated: true });
    expect(await rowCounts(app)).toEqual(before);
    expect(second.workspaces?.[0]?.id).not.toBe(first.workspaces?.[0]?.id);
    expect(await importOrg(app, { dir: 'acme', import_key: 'once' })).toMatchObject({
      httpStatus: 409,
      detail: 'import_key was used for another organisation template',
    });
  });

  it('answers what an earlier version of the product kept, with the members that it lacked', async () => {
    const body = { template: { name: 'Old', workspaces: [{ name: 'Old' }] }, import_key: 'old' };
    const first = await importOrg(app, body);
    await app.test.prisma.client
      .$executeRaw`UPDATE org_imports SET answer = answer #- '{report,notes}' WHERE import_key = 'old'`;
    expect(first.report?.notes).toEqual([]);
    expect(await importOrg(app, body)).toEqual({ ...first, repeated: true });
  });

  it('happens once for an import_key that two replicas get at once', async () => {
    const other = await startTemplatesApp({}, app);
    try {
      const body = { template: { name: 'Both', workspaces: [{ name: 'Both' }, { name: 'Two' }] }, import_key: 'both' };
      const all = await Promise.all([app, other, app, other].map((each) => importOrg(each, body)));
      expect(all.map(({ httpStatus }) => httpStatus)).toEqual([201, 201, 201, 201]);
      expect(new Set(all.map(({ workspaces }) => workspaces?.map(({ id }) => id).join())).size).toBe(1);
      expect(all.filter(({ repeated }) => repeated === false)).toHaveLength(1);
      expect(await app.test.prisma.client.workspace.count({ where: { name: 'Both' } })).toBe(1);
    } finally {
      await other.close();
    }
  });

  it('leaves no row when the last workspace fails', async () => {
    const crews = app.test.app.get(CrewFoundingService, { strict: false });
    const found = crews.found.bind(crews);
    const before = await rowCounts(app);
    crews.found = async (scope, wish) => {
      const made = await found(scope, wish);
      if (wish.lead.name === 'Outside') throw new Error('the last one fails: secret database words');
      return made;
    };
    try {
      const failed = await importOrg(app, { dir: 'acme', import_key: 'failing', force: true });
      expect(failed).toMatchObject({ httpStatus: 500, detail: 'Internal server error' });
      expect(JSON.stringify(failed)).not.toContain('database words');
    } finally {
      crews.found = found;
    }
    expect(await rowCounts(app)).toEqual(before);
    expect(await importOrg(app, { dir: 'acme', import_key: 'failing', force: true })).toMatchObject({
      httpStatus: 201,
      repeated: false,
    });
  });

  it('makes 200 workspaces, 16 deep, in seconds', async () => {
    const memories = [{ content: 'x' }];
    const flat = Array.from({ length: 184 }, (_, n) => ({ name: `flat ${n}`, initial_memories: memories }));
    const template = { name: 'Large', workspaces: [{ name: 'top', ...nested(15) }, ...flat] };
    const started = performance.now();
    const made = await importOrg(app, { template });
    expect(made).toMatchObject({ httpStatus: 201, count: 200 });
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
