import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countQueries, type SeededMember, startTestApp, type TestApp } from '#testing';

describe('lists of crews, agents, credentials and grants', () => {
  let test: TestApp;
  let owner: SeededMember;
  let crewId: string;
  let agentId: string;

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace();
    crewId = await test.seed.crew(owner.workspaceId);
    agentId = await test.seed.agent(owner.workspaceId, { crewId });
  });
  afterAll(() => test.close());

  async function addRow(index: number): Promise<void> {
    const { workspaceId } = owner;
    await test.seed.crew(workspaceId);
    await test.as(owner).POST('/api/v1/agents', {
      body: { name: 'Row', slug: `row-${index}`, crew_id: crewId, mcp_config_json: '{"mcpServers":{"a":{}}}' },
    });
    const credentialId = await test.seed.credential(workspaceId);
    const server = { workspaceIntegrationId: await test.seed.integration(workspaceId) };
    await test.seed.binding(workspaceId, agentId, server, { credentialId });
    const createdAt = test.clock.now();
    await test.prisma.client.credentialCrew.create({ data: { credentialId, crewId, createdAt } });
    await test.prisma.client.agentCredential.create({
      data: { id: `g${index}`, agentId, credentialId, envVarName: 'A', createdAt },
    });
  }

  it('take as many queries for many rows as for two', async () => {
    const paths = ['crews', 'agents', 'credentials', `agents/${agentId}/credentials`, `crews/${crewId}/members`];
    const read = async (path: string): Promise<number> => {
      const url = `/api/v1/${path}?workspace_id=${owner.workspaceId}`;
      await test.call(url, { token: owner.token });
      const { statements, result } = await countQueries(() => test.call(url, { token: owner.token }));
      expect(result.status).toBe(200);
      return statements.length;
    };
    const counts = async () => {
      const found: number[] = [];
      for (const path of paths) found.push(await read(path));
      return found;
    };
    for (let index = 0; index < 2; index += 1) await addRow(index);
    const few = await counts();
    for (let index = 2; index < 12; index += 1) await addRow(index);
    expect(await counts()).toEqual(few);
    expect(Math.max(...few)).toBeLessThanOrEqual(7);
  });
});
