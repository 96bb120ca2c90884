import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countQueries, type TestApp } from '#testing';
import { bundleOf, exportOf, importInto, plain, richWorkspace, startInstance } from './bundle-world.fixture.js';

describe('an import and an export', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startInstance();
  });
  afterAll(() => test.close());

  const rowsOfAllTables = async (): Promise<Record<string, number>> => {
    const tables = await test.prisma.client.$queryRaw<{ name: string }[]>`
      SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema IN ('public', 'graphile_worker') AND table_type = 'BASE TABLE' ORDER BY 1`;
    const counts: Record<string, number> = {};
    for (const { name } of tables) {
      const [row] = await test.prisma.client.$queryRawUnsafe<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM ${name.startsWith('_private') || name === 'migrations' ? `graphile_worker."${name}"` : `"${name}"`}`,
      );
      counts[name] = row?.count ?? -1;
    }
    return counts;
  };

  it('leave no row in any table when the last workspace of the tree is refused', async () => {
    const owner = await richWorkspace(test);
    const bundle = await bundleOf(test, owner.workspaceId);
    const before = await rowsOfAllTables();
    const last = plain('Zoo', { integrations: [{ name: 'inside', endpoint: 'http://127.0.0.1:5432/' }] });
    const response = await importInto(test, { ...bundle, sub_workspaces: [...bundle.sub_workspaces, last] });
    expect([response.status, await response.json()]).toEqual([
      422,
      expect.objectContaining({
        errors: [expect.objectContaining({ field: 'sub_workspaces.2.integrations.0.endpoint' })],
      }),
    ]);
    expect(await rowsOfAllTables()).toEqual(before);
    expect(before.workspaces).toBeGreaterThan(0);
  });

  it('take as many statements for 200 servers as for two', async () => {
    const { workspaceId } = await test.seed.workspace();
    const statements = async (): Promise<string[]> => {
      await exportOf(test, workspaceId);
      const counted = await countQueries(() => exportOf(test, workspaceId));
      expect(counted.result.status).toBe(200);
      return counted.statements;
    };
    await Promise.all([1, 2].map(() => test.seed.integration(workspaceId)));
    const few = await statements();
    await Promise.all(Array.from({ length: 198 }, () => test.seed.integration(workspaceId)));
    expect(await statements()).toEqual(few);
  });

  it('manage 200 workspaces in one transaction', async () => {
    const parts = {
      crews: [{ slug: 'crew', name: 'Crew' }],
      agents: [{ slug: 'agent', name: 'Agent', crew: 'crew' }],
      credentials: [{ name: 'key' }],
      integrations: [{ name: 'server', endpoint: 'https://mcp.example.com', credential: 'key' }],
      agent_bindings: [{ agent: 'agent', server: { level: 'workspace', name: 'server' } }],
      prompts: { 'config.yaml': 'runtime: langgraph' },
    };
    const sub_workspaces = Array.from({ length: 199 }, (_, n) =>
      plain(`Workspace ${n}`, n % 8 === 0 ? parts : { prompts: parts.prompts }),
    );
    const begun = performance.now();
    const response = await importInto(test, plain('Root', { ...parts, sub_workspaces }));
    const seconds = (performance.now() - begun) / 1_000;
    const made = (await response.json()) as { workspace_id: string; report: { workspaces: number } };
    expect([response.status, made.report.workspaces]).toEqual([201, 200]);
    expect((await bundleOf(test, made.workspace_id)).sub_workspaces).toHaveLength(199);
    expect(seconds).toBeLessThan(50);
  }, 90_000);
});
