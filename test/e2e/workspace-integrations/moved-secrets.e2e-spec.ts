import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';

const path = '/api/v1/integrations';
const endpoint = 'https://mcp.example.com/mcp';
const elsewhere = 'https://elsewhere.example.com/mcp';
const headers = (value: string) => JSON.stringify({ headers: { Authorization: value, 'X-Team': 'blue' } });

describe.each(['workspace', 'crew'] as const)('a change that moves a %s integration to another host', (level) => {
  let test: TestApp;
  let owner: SeededMember;
  let crewId: string;
  let credentialId: string;

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace();
    crewId = await test.seed.crew(owner.workspaceId);
    credentialId = await test.seed.credential(owner.workspaceId);
  });
  afterAll(() => test.close());

  let made = 0;
  const server = async (body: object): Promise<string> => {
    made += 1;
    const whole = { name: `moved-${made}`, endpoint, ...body };
    const { data } =
      level === 'workspace'
        ? await test.as(owner).POST(path, { body: whole })
        : await test
            .as(owner)
            .POST('/api/v1/crews/{crewId}/integrations', { params: { path: { crewId } }, body: whole });
    return data?.id ?? '';
  };
  const patch = (integrationId: string, body: object) =>
    level === 'workspace'
      ? test.as(owner).PATCH('/api/v1/integrations/{integrationId}', { params: { path: { integrationId } }, body })
      : test.as(owner).PATCH('/api/v1/crews/{crewId}/integrations/{integrationId}', {
          params: { path: { crewId, integrationId } },
          body,
        });

  it('is refused while secrets stay that nobody sent again, and names them', async () => {
    const id = await server({
      credential_id: credentialId,
      env_json: '{"API_TOKEN":"canary-env-1"}',
      config_json: headers('Bearer canary-header-1'),
    });
    const moves = [{ endpoint: elsewhere }, { endpoint: elsewhere, config_json: headers('***') }];
    for (const body of moves) {
      const { response, error } = await patch(id, body);
      expect([response.status, error?.code]).toEqual([400, 'integration.secrets_would_move']);
      expect(error?.errors?.map(({ field }) => field).sort()).toEqual([
        'config_json.headers.authorization',
        'credential_id',
        'env_json.API_TOKEN',
      ]);
    }
    expect((await patch(id, { icon: 'still-here' })).data?.endpoint).toBe(endpoint);
  });

  it('is accepted when every secret is sent again or cleared in the same request', async () => {
    const id = await server({ credential_id: credentialId, config_json: headers('Bearer canary-header-2') });
    const again = { endpoint: elsewhere, credential_id: credentialId, config_json: headers('Bearer canary-new-2') };
    expect((await patch(id, again)).data).toMatchObject({ endpoint: elsewhere, credential_id: credentialId });
    const cleared = { endpoint, credential_id: null, config_json: null };
    expect((await patch(id, cleared)).data).toMatchObject({ endpoint, credential_id: null, config_json: null });
  });

  it('is accepted without secrets, and within the same host with them', async () => {
    expect((await patch(await server({}), { endpoint: elsewhere })).data?.endpoint).toBe(elsewhere);
    const id = await server({ credential_id: credentialId, config_json: headers('Bearer canary-header-3') });
    const sameHost = await patch(id, { endpoint: 'https://MCP.example.com:443/v2' });
    expect(sameHost.data).toMatchObject({ credential_id: credentialId, config_json: headers('***') });
  });

  it('counts a program as another destination', async () => {
    const id = await server({ credential_id: credentialId });
    const { error } = await patch(id, { transport: 'stdio', command: 'npx' });
    expect(error?.code).toBe('integration.secrets_would_move');
  });
});
