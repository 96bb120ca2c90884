import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ContractValidator, type TestApp } from '#testing';
import { CredentialUsesService } from '../../../apps/api/src/modules/runtime/credential-uses.service.js';
import { readAnswer } from '../security/read-answer.fixture.js';
import {
  askToResolve,
  master,
  type RuntimeWorld,
  resolved,
  runtimeWorld,
  startRuntimeApp,
  tokensOf,
} from './runtime-world.fixture.js';

const values = {
  granted: 'canary-granted-a1',
  attached: 'canary-attached-b2',
  reference: 'canary-reference-c3',
  environment: 'canary-environment-d4',
  header: 'canary-header-e5',
  override: 'canary-override-f6',
  blob: 'canary-blob-g7',
};

describe('values that the runtime was given', () => {
  let test: TestApp;
  let world: RuntimeWorld;
  let serverId: string;
  let tokens: string[];
  const refusals: string[] = [];

  const found = (text: string) => [...Object.values(values), ...tokens].filter((word) => text.includes(word));

  beforeAll(async () => {
    test = await startRuntimeApp();
    world = await runtimeWorld(test);
    const { agentId, workspaceId, make, credential, server, bind } = world;
    const granted = await credential('granted', values.granted);
    await make('POST', `/api/v1/agents/${agentId}/credentials`, { credential_id: granted, env_var_name: 'GRANTED' });
    await credential('referred to', values.reference);
    serverId = await server('one', {
      endpoint: 'https://mcp.example.com/{{credential:referred to}}',
      env_json: JSON.stringify({ API_TOKEN: values.environment }),
      config_json: JSON.stringify({ headers: { Authorization: `Bearer ${values.header}` } }),
    });
    await bind(serverId, {
      credential_id: await credential('attached', values.attached),
      cred_type: 'api_key',
      config_override_json: JSON.stringify({ headers: { 'X-Own-Token': values.override } }),
    });
    const blob = { mcpServers: { own: { command: 'npx', env: { API_TOKEN: values.blob } } } };
    await make('PATCH', `/api/v1/agents/${agentId}`, { mcp_config_json: JSON.stringify(blob) });
    tokens = [master, tokensOf(test).forAgent(workspaceId, agentId, new Date(8.64e12)).reveal()];
    for (const token of tokens) expect((await askToResolve(test, agentId, { token })).status).toBe(200);
    await test.app.get(CredentialUsesService, { strict: false }).flush();
    const [bound = ''] = tokens.slice(1);
    for (const [agent, query] of [
      ['missing', ''],
      [agentId, '?workspace_id=other'],
    ] as const)
      refusals.push(await (await askToResolve(test, agent, { token: bound, query })).text());
  });
  afterAll(() => test.close());

  it('are all in its answer', async () => {
    expect(found(JSON.stringify(await resolved(test, world.agentId)))).toEqual(Object.values(values));
  });

  it('are not in what it is refused', () => {
    expect(refusals).toHaveLength(2);
    expect(found(refusals.join('\n'))).toEqual([]);
  });

  it('are in no answer to a person, whatever they read', async () => {
    const ids: Record<string, string> = {
      workspaceId: world.workspaceId,
      agentId: world.agentId,
      crewId: world.crewId,
    };
    const read: string[] = [];
    for (const { path } of new ContractValidator().operations().filter(({ method }) => method === 'GET')) {
      const at = path.replace(/\{(\w+)\}/g, (_place, name: string) => ids[name] ?? serverId);
      for (const query of ['', '?explain=true']) {
        const headers = { 'X-Workspace-ID': world.workspaceId, Authorization: `Bearer ${world.token}` };
        const response = await fetch(`${test.url}${at}${query}`, { headers, redirect: 'manual' });
        read.push(`${at} ${response.status} ${await readAnswer(response)}`);
      }
    }
    expect(read.filter((text) => / 200 /.test(text)).length).toBeGreaterThan(20);
    expect(read.filter((text) => found(text).length > 0)).toEqual([]);
  });

  it('are in no row of any table', async () => {
    const tables = await test.prisma.client.$queryRaw<{ name: string }[]>`
      SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`;
    expect(tables.length).toBeGreaterThan(15);
    for (const { name } of tables) {
      const rows = await test.prisma.client.$queryRawUnsafe<{ text: string }[]>(
        `SELECT row_to_json(t)::text AS text FROM "${name}" t`,
      );
      expect([name, found(rows.map(({ text }) => text).join('\n'))]).toEqual([name, []]);
    }
  });

  it('are in no line of the log at level trace', () => {
    expect(test.logs.length).toBeGreaterThan(10);
    expect(found(test.logs.join('\n'))).toEqual([]);
  });

  it('are in no error that a broken row makes', async () => {
    const { id } = await test.prisma.client.agentBinding.findFirstOrThrow({ where: { agentId: world.agentId } });
    await test.prisma.client.agentBinding.update({ where: { id }, data: { configOverrideJson: '{"headers": ' } });
    const response = await askToResolve(test, world.agentId);
    expect(response.status).toBe(500);
    expect(found((await response.text()) + test.logs.join('\n'))).toEqual([]);
  });
});
