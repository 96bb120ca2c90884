import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { unpackLiterals, Vault } from '#vault';
import { crewCalls } from './crew-calls.fixture.js';

const path = '/api/v1/crews/{crewId}/integrations';
const endpoint = 'https://mcp.example.com/mcp';

describe('secrets of crew integrations', () => {
  let test: TestApp;
  let owner: SeededMember;
  let crewId: string;
  const { create, patch } = crewCalls(() => ({ test, owner, crewId }));

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace();
    crewId = await test.seed.crew(owner.workspaceId);
  });
  afterAll(() => test.close());

  const canary = 'ghp_canary0123456789abcdefghijklmnopqrst';

  it('are sealed, shown as ***, kept by ***, and are nowhere in answers, tables and logs', async () => {
    const created = await create({
      name: 'sealed',
      endpoint,
      env_json: JSON.stringify({ API_TOKEN: canary, REGION: 'eu' }),
      config_json: JSON.stringify({ headers: { Authorization: `Bearer ${canary}` } }),
    });
    const id = created.data?.id ?? '';
    const kept = await patch(id, { env_json: '{"API_TOKEN":"***","REGION":"us"}' });
    const listed = await test.as(owner).GET(path, { params: { path: { crewId }, query: { limit: 100 } } });
    const everywhere = await test.as(owner).GET('/api/v1/integrations/crews');
    expect(created.data).toMatchObject({
      env_json: '{"API_TOKEN":"***","REGION":"eu"}',
      config_json: '{"headers":{"Authorization":"***"}}',
    });
    expect(kept.data?.env_json).toBe('{"API_TOKEN":"***","REGION":"us"}');
    const tables = [await test.prisma.client.crewIntegration.findMany(), await test.prisma.client.auditLog.findMany()];
    const shown = JSON.stringify([created.data, kept.data, listed.data, everywhere.data, tables, test.logs]);
    expect(shown).toContain('sealed');
    expect(shown).not.toContain(canary);
    expect(JSON.stringify([created.data, listed.data])).not.toContain('{{sealed:');
  });

  it('survive two changes at once of different members', async () => {
    for (let round = 0; round < 6; round += 1) {
      const id = await test.seed.crewIntegration(owner.workspaceId, crewId);
      await Promise.all([
        patch(id, { env_json: JSON.stringify({ API_TOKEN: canary }) }),
        patch(id, { config_json: JSON.stringify({ headers: { Authorization: `Bearer ${canary}` } }) }),
      ]);
      const { sealedLiterals } = await test.prisma.client.crewIntegration.findUniqueOrThrow({ where: { id } });
      const place = {
        workspaceId: owner.workspaceId,
        table: 'crew_integrations',
        column: 'sealed_literals',
        rowId: id,
      };
      const opened = unpackLiterals(await test.app.get(Vault, { strict: false }).open(sealedLiterals ?? '', place));
      expect([...opened].map(([name, secret]) => [name, secret.reveal()]).sort()).toEqual([
        ['env:API_TOKEN', canary],
        ['headers:authorization', `Bearer ${canary}`],
      ]);
    }
  });

  it('may be named before they exist: the answer warns', async () => {
    const { data } = await create({ name: 'early', endpoint, env_json: '{"T":"{{credential:not-yet}}"}' });
    expect(data?.env_json).toBe('{"T":"{{credential:not-yet}}"}');
    expect(data?.warnings).toEqual([expect.objectContaining({ code: 'unknown_credential', field: 'env_json' })]);
  });
});
