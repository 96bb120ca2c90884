import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SeededMember, TestApp } from '#testing';
import { MemoryTransferService } from '../../../apps/api/src/modules/workspace-memories/memory-transfer.service.js';
import {
  adminToken,
  bundleOf,
  exportOf,
  importInto,
  plain,
  richWorkspace,
  startInstance,
} from './bundle-world.fixture.js';

interface Problem {
  code: string;
  detail: string;
  errors?: { field: string; code: string }[];
}

describe('bundles', () => {
  let test: TestApp;
  let owner: SeededMember;

  beforeAll(async () => {
    test = await startInstance();
    owner = await test.seed.workspace();
  });
  afterAll(() => test.close());

  const statuses = async (token?: string): Promise<number[]> => {
    const as = token === undefined ? {} : { token };
    const path = `/api/v1/bundles/export/${owner.workspaceId}`;
    const calls = [
      test.call(path, as),
      test.call(path, { method: 'POST', json: {}, ...as }),
      test.call('/api/v1/bundles/import', { method: 'POST', json: plain('W'), ...as }),
    ];
    return (await Promise.all(calls)).map(({ status }) => status);
  };

  it('are for the instance administrator alone: 401 for strangers, 403 for owners and members', async () => {
    const member = await test.seed.member(owner.workspaceId, 'MEMBER');
    expect(await statuses()).toEqual([401, 401, 401]);
    expect(await statuses(owner.token)).toEqual([403, 403, 403]);
    expect(await statuses(member.token)).toEqual([403, 403, 403]);
  });

  it.each(['nothing', '00000000-0000-0000-0000-000000000000', 'x'.repeat(300)])('of %s are not found', async (id) => {
    const found = await exportOf(test, id);
    expect([found.status, await found.json()]).toEqual([404, expect.objectContaining({ detail: 'bundle not found' })]);
    expect((await exportOf(test, id, { passphrase: 'a long enough one' })).status).toBe(404);
  });

  it('of deleted workspaces are not found', async () => {
    const gone = await test.seed.workspace({ deletedAt: test.clock.now() });
    expect((await exportOf(test, gone.workspaceId)).status).toBe(404);
  });

  it.each([
    [{}, 'give either passphrase or recipient'],
    [{ passphrase: 'a long enough one', recipient: 'age1qqqq' }, 'give either passphrase or recipient'],
    [{ include_secrets: true }, 'include_secrets needs passphrase or recipient'],
    [{ recipient: 'age1qqqq' }, 'recipient must be an age recipient (age1…)'],
  ])('are not encrypted with %j', async (json, detail) => {
    const response = await exportOf(test, owner.workspaceId, json);
    expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ detail })]);
  });

  it.each([
    '',
    '{',
    '[]',
    '"text"',
    'null',
    '7',
    '{"encrypted":7}',
    '{"encrypted":"x"}',
    '{"encrypted":"x","passphrase":"a","identity":"b"}',
  ])('are not read from %j: 400 invalid bundle', async (body) => {
    const response = await test.call('/api/v1/bundles/import', { method: 'POST', token: adminToken, body });
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ detail: 'invalid bundle' }),
    ]);
  });

  const nested = (depth: number): object => plain('W', { sub_workspaces: depth <= 1 ? [] : [nested(depth - 1)] });
  const crew = { slug: 'crew', name: 'Crew' };
  const agent = { slug: 'agent', name: 'Agent' };
  const server = { name: 'server', endpoint: 'https://mcp.example.com' };
  const binding = { agent: 'agent', server: { level: 'workspace', name: 'server' } };
  const raw = (member: string): string => `{"name":"W",${member}}`;
  const attacks: [name: string, body: object | string, field: string][] = [
    ['row 38: a `../` path', plain('W', { files: { 'a/../../b': '' } }), 'files.a/../../b'],
    ['row 38: an absolute path', plain('W', { prompts: { '/etc/passwd': '' } }), 'prompts./etc/passwd'],
    ['row 38: a path of a drive', plain('W', { files: { 'C:/a': '' } }), 'files.C:/a'],
    ['row 38: a backslash', plain('W', { files: { '..\\a': '' } }), 'files...\\a'],
    ['row 38: a skill that leaves its folder', plain('W', { skills: [{ id: '../x', files: {} }] }), 'skills.0.id'],
    [
      'row 38: a `../` path of a skill',
      plain('W', { skills: [{ id: 'x', files: { '../../y': '' } }] }),
      'skills.0.files.../../y',
    ],
    ['row 38: a file twice, in other letters', plain('W', { files: { 'a/b': '', 'A/B': '' } }), 'files.1'],
    [
      'a budget that no row holds',
      plain('W', { channels: [{ channel_type: 'slack', channel_budget: 2_147_483_648 }] }),
      'channels.0.channel_budget',
    ],
    ['row 38: 17 workspaces below each other', nested(17), 'sub_workspaces'],
    [
      'row 38: 201 workspaces',
      plain('W', { sub_workspaces: Array.from({ length: 200 }, (_, n) => plain(`W${n}`)) }),
      'sub_workspaces.199',
    ],
    ['row 38: deep JSON', raw(`"agent_card":${'['.repeat(100_000)}${']'.repeat(100_000)}`), 'agent_card'],
    ['row 38: `__proto__`', raw('"__proto__":{"polluted":true}'), '__proto__'],
    [
      'row 38: `__proto__` inside',
      raw('"runtime":{"config":{"a":{"__proto__":{"polluted":true}}}}'),
      'runtime.config.a.__proto__',
    ],
    ['row 38: `constructor`', raw('"files":{"constructor":"x"}'), 'files.constructor'],
    ['row 38: a crew twice', plain('W', { crews: [crew, crew] }), 'crews.1'],
    ['row 38: an agent twice', plain('W', { agents: [agent, agent] }), 'agents.1'],
    ['row 38: a credential twice', plain('W', { credentials: [{ name: 'c' }, { name: ' c' }] }), 'credentials.1'],
    ['row 38: a server twice', plain('W', { integrations: [server, server] }), 'integrations.1'],
    [
      'row 38: a tool twice',
      plain('W', { integrations: [{ ...server, tools: [{ name: 't' }, { name: 't' }] }] }),
      'integrations.0.tools.1',
    ],
    [
      'row 38: a binding twice',
      plain('W', { agents: [agent], integrations: [server], agent_bindings: [binding, binding] }),
      'agent_bindings.1',
    ],
    [
      'row 38: a schedule twice',
      plain('W', { schedules: [1, 2].map(() => ({ name: 's', cron_expr: '* * * * *', prompt: 'p' })) }),
      'schedules.1',
    ],
    ['a NUL character', raw('"description":"a\\u0000b"'), 'description'],
    ['half a character', raw('"description":"a\\ud800b"'), 'description'],
    ['no name', { schema: '1.0' }, 'name'],
    ['another version', plain('W', { schema: '2.0' }), 'schema'],
    ['another format', plain('W', { format: 'crewship.bundle/9' }), 'format'],
    ['a crew that is not there', plain('W', { agents: [{ ...agent, crew: 'none' }] }), 'agents.0.crew'],
    [
      'a server that is not there',
      plain('W', { agents: [agent], agent_bindings: [binding] }),
      'agent_bindings.0.server',
    ],
    [
      'a credential that is not there',
      plain('W', { integrations: [{ ...server, credential: 'none' }] }),
      'integrations.0.credential',
    ],
    [
      'two leads of a crew',
      plain('W', {
        crews: [crew],
        agents: [1, 2].map((n) => ({ ...agent, slug: `a${n}`, crew: 'crew', agent_role: 'LEAD' })),
      }),
      'agents.1.agent_role',
    ],
    ['a value in plain text', plain('W', { credentials: [{ name: 'c', value: 'in plain text' }] }), 'credentials.0'],
    [
      'more than 4000 entries',
      plain('W', {
        sub_workspaces: [1, 2, 3, 4, 5, 6].map((n) =>
          plain(`W${n}`, { crews: Array.from({ length: 999 }, (_, i) => ({ ...crew, slug: `c${i}` })) }),
        ),
      }),
      'sub_workspaces',
    ],
    [
      'an address that must not be called',
      plain('W', {
        sub_workspaces: [plain('V', { integrations: [{ ...server, endpoint: 'http://169.254.169.254/' }] })],
      }),
      'sub_workspaces.0.integrations.0.endpoint',
    ],
    [
      'malformed settings of a server',
      plain('W', { integrations: [{ ...server, env_json: '{' }] }),
      'integrations.0.env_json',
    ],
    ['more tasks than a runtime may have', plain('W', { runtime: { max_concurrent_tasks: 1_001 } }), 'runtime'],
    ['a domain that is none', plain('W', { crews: [{ ...crew, allowed_domains: ['-'] }] }), 'crews'],
  ];

  it.each(attacks)('with %s are refused with the place, before or without any change', async (_, body, field) => {
    const before = await test.prisma.client.workspace.count();
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await test.call('/api/v1/bundles/import', { method: 'POST', token: adminToken, body: text });
    const problem = (await response.json()) as Problem;
    expect([response.status, problem.code]).toEqual([422, 'bundle.refused']);
    expect(problem.errors?.map((each) => each.field).some((each) => each.startsWith(field))).toBe(true);
    expect(JSON.stringify(problem)).not.toContain('in plain text');
    expect(await test.prisma.client.workspace.count()).toBe(before);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('with unknown members are refused for a caller that asks for strictness, and an export has none', async () => {
    const strict = { Prefer: 'handling=strict' };
    const odd = plain('Strict', {
      crews: [{ slug: 'crew', name: 'Crew', colour: 'red' }],
      sub_workspaces: [plain('x', { z: 1 })],
    });
    const refused = await importInto(test, odd, strict);
    const problem = (await refused.json()) as Problem;
    expect([refused.status, problem.code]).toEqual([400, 'http.unknown_members']);
    expect(problem.errors?.map(({ field }) => field).sort()).toEqual(['crews.0.colour', 'sub_workspaces.0.z']);
    expect((await importInto(test, odd)).status).toBe(201);
    const sealed = await importInto(test, { encrypted: 'x', passphrase: 'y', colour: 'red' }, strict);
    expect([sealed.status, ((await sealed.json()) as Problem).errors]).toMatchObject([400, [{ field: 'colour' }]]);
    const { workspaceId } = await richWorkspace(test);
    expect((await importInto(test, await bundleOf(test, workspaceId), strict)).status).toBe(201);
  });

  it('row 38: of 26 MiB are too large, and of 20 are read', async () => {
    const send = (megabytes: number) => importInto(test, plain('Big', { author: 'a'.repeat(megabytes * 1_048_576) }));
    expect((await send(26)).status).toBe(413);
    expect((await send(20)).status).toBe(422);
  });

  it('are refused before anything is read when the memories alone are too much', async () => {
    const { workspaceId } = await test.seed.workspace();
    const at = test.clock.now();
    await test.prisma.client.$executeRaw`
      INSERT INTO workspace_memories (id, workspace_id, content, scope, namespace, created_at, updated_at)
      SELECT 'large-' || n, ${workspaceId}, repeat('a', 100000), 'LOCAL', 'general', ${at}, ${at} FROM generate_series(1, 270) n`;
    const read = vi.spyOn(test.app.get(MemoryTransferService, { strict: false }), 'export');
    const response = await exportOf(test, workspaceId);
    expect([response.status, ((await response.json()) as Problem).code]).toEqual([422, 'bundle.too_large']);
    expect(read).not.toHaveBeenCalled();
    read.mockRestore();
  });

  it.each([
    ['strangers', () => undefined],
    ['owners', () => owner.token],
  ])('are read to 1 MB only for %s, like every other body', async (_, token) => {
    const send = (path: string, bytes: number) => {
      const as = token();
      return test.call(path, { method: 'POST', body: 'a'.repeat(bytes), ...(as && { token: as }) });
    };
    for (const path of ['/api/v1/bundles/import', '/api/v1/templates/import']) {
      expect((await send(path, 1_048_577)).status).toBe(413);
      expect((await send(path, 1_048_576)).status).toBe(token() ? 403 : 401);
    }
  });

  it('are exported encrypted once for an Idempotency-Key', async () => {
    const send = () =>
      test.call(`/api/v1/bundles/export/${owner.workspaceId}`, {
        method: 'POST',
        token: adminToken,
        json: { passphrase: 'a long enough passphrase' },
        headers: { 'Idempotency-Key': 'encrypted-once' },
      });
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status, second.headers.get('idempotency-replayed')]).toEqual([200, 200, 'true']);
    expect(second.headers.get('content-type')).toBe('application/age');
    expect(Buffer.from(await second.arrayBuffer())).toEqual(Buffer.from(await first.arrayBuffer()));
  });

  it('ask an encrypted file for no more work than age does', async () => {
    const passphrase = 'a long enough passphrase';
    const file = Buffer.from(await (await exportOf(test, owner.workspaceId, { passphrase })).arrayBuffer());
    const harder = Buffer.from(file.toString('latin1').replace(/ 18\n/, ' 30\n'), 'latin1');
    const begun = performance.now();
    const refused = await importInto(test, { encrypted: harder.toString('base64'), passphrase });
    expect(performance.now() - begun).toBeLessThan(2_000);
    const wrong = await importInto(test, { encrypted: file.toString('base64'), passphrase: 'another passphrase' });
    const [a, b] = (await Promise.all([refused.json(), wrong.json()])) as Problem[];
    expect([refused.status, wrong.status, a?.code, a?.detail]).toEqual([422, 422, 'bundle.unreadable', b?.detail]);
    expect(test.logs.join('')).not.toContain(passphrase);
  });

  it('are described by a JSON Schema for everybody', async () => {
    const response = await test.call('/api/v1/bundles/schema');
    const schema = (await response.json()) as {
      $schema: string;
      $defs: { Bundle: { required: string[]; properties: object } };
    };
    expect([response.status, schema.$schema]).toEqual([200, 'https://json-schema.org/draft/2020-12/schema']);
    expect(schema.$defs.Bundle.required).toEqual(['name']);
    expect(Object.keys(schema.$defs.Bundle.properties)).toEqual(
      expect.arrayContaining(['sub_workspaces', 'agent_bindings']),
    );
  });
});
