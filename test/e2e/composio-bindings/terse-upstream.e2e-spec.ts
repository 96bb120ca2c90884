import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { serverOf } from '../../counterparts/composio-stub/composio-project.js';
import { type ComposioWorld, key, startComposioWorld } from './composio-world.fixture.js';

describe('a Composio that lists servers by id, name and URL only', () => {
  let world: ComposioWorld;
  let owner: SeededMember;
  let agentId: string;

  beforeAll(async () => {
    world = await startComposioWorld();
  });
  beforeEach(async () => {
    world.stub.reset();
    world.stub.isTerse = true;
    ({ owner, agentId } = await world.workspace());
  });
  afterAll(() => world.close());

  const servers = () => world.stub.project(key).servers;
  const bind = (json: object) => world.bind(owner, agentId, { user_id: 'u', ...json });
  const putDefault = () => world.call<{ default_mcp_server_id: string }>(owner, 'PUT', '/default', { user_id: 'u' });
  const nameOf = (rest: string) => `crewship-${owner.workspaceId.slice(-8)}-${rest}`;
  const patches = () => world.stub.calls.filter(({ method }) => method === 'PATCH').map(({ path }) => path);
  const rows = async () => {
    const where = { workspaceId: owner.workspaceId };
    const { client } = world.test.prisma;
    return [await client.composioServer.findMany({ where }), await client.composioBinding.count({ where })];
  };
  const serverIds = (body: { apps: { endpoint: string }[] }) =>
    body.apps.map(({ endpoint }) => endpoint.split('/').at(-2));

  it('is bound to again without a new row, a new server or a change there', async () => {
    const wish = { apps: [{ toolkit: 'gmail', mode: 'read' }, { toolkit: 'github' }] };
    const first = await bind(wish);
    const [noted, bindings] = await rows();
    expect(await bind(wish)).toEqual(first);
    const other = await world.test.seed.agent(owner.workspaceId);
    expect((await world.bind(owner, other, { user_id: 'u', ...wish })).status).toBe(200);
    const [now, more] = await rows();
    expect([first.status, now, more]).toEqual([200, noted, Number(bindings) * 2]);
    expect([world.stub.count('mcp.create'), patches()]).toEqual([2, []]);
  });

  it('has the default connector set up again without a change, and changed where its apps did', async () => {
    expect([(await putDefault()).status, (await putDefault()).status, patches()]).toEqual([200, 200, []]);
    world.stub.project(key).authConfigs.pop();
    expect((await putDefault()).status).toBe(200);
    const [server] = servers();
    expect(server?.auth_config_ids).toEqual(['ac_github', 'ac_slack']);
    expect([servers().length, patches()]).toEqual([1, [`/api/v3.1/mcp/servers/${server?.id}`]]);
  });

  it('has a server of the name that we do not know: it is made to serve what it should, once', async () => {
    servers().push(serverOf('srv_found', nameOf('gmail-full'), ['ac_gone'], ['GMAIL_SEND_EMAIL']));
    for (let time = 0; time < 2; time += 1) {
      expect(serverIds((await bind({ toolkits: ['gmail'] })).body)).toEqual(['srv_found']);
    }
    expect(servers()).toMatchObject([{ id: 'srv_found', auth_config_ids: ['ac_gmail'], allowed_tools: [] }]);
    expect([world.stub.count('mcp.create'), world.stub.count('mcp.update')]).toEqual([0, 1]);
  });

  it('has such a server and changes none: an app’s is used for its name, the default connector gets one of its own', async () => {
    servers().push(serverOf('srv_unchanging', nameOf('gmail-full'), ['ac_gmail'], []));
    servers().push(serverOf('srv_default', nameOf('default'), ['ac_gmail'], []));
    world.stub.disturb('mcp.update', { status: 405, times: 9 });
    expect(serverIds((await bind({ toolkits: ['gmail'] })).body)).toEqual(['srv_unchanging']);
    const { status, body } = await putDefault();
    expect([status, body.default_mcp_server_id === 'srv_default']).toEqual([200, false]);
    expect(servers().at(-1)).toMatchObject({
      name: nameOf('default-2'),
      auth_config_ids: ['ac_github', 'ac_slack', 'ac_gmail'],
    });
  });

  it.each([true, false])(
    'changes none, terse (%s) or not: what an app lost is made anew, and stays',
    async (isTerse) => {
      world.stub.isTerse = isTerse;
      const wish = { toolkits: ['gmail'] };
      const [old] = serverIds((await bind(wish)).body);
      const project = world.stub.project(key);
      const [config] = project.authConfigs.filter(({ id }) => id === 'ac_gmail');
      if (config) config.id = 'ac_gmail_again';
      world.stub.disturb('mcp.update', { status: 404, times: 9 });
      const answers = [await bind(wish), await bind(wish)];
      const [first, again] = answers.map(({ body }) => serverIds(body)[0]);
      expect([answers.map(({ status }) => status), again, first === old]).toEqual([[200, 200], first, false]);
      expect(servers().find(({ id }) => id === first)?.auth_config_ids).toEqual(['ac_gmail_again']);
      expect(world.stub.count('mcp.create')).toBe(2);
    },
  );
});
