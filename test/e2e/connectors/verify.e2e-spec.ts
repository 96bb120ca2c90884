import type { RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { streamable2025 } from '../../../libs/mcp-client/src/mcp-servers.fixture.js';
import {
  type ManifestFolder,
  manifestFolder,
  startUpstream,
  tokenField,
  type Upstream,
} from './connector-world.fixture.js';

const path = '/api/v1/connectors/{connectorId}/verify';
const canary = 'canary/token+1&x';

describe('verifying a connector', () => {
  let test: TestApp;
  let strict: TestApp;
  let owner: SeededMember;
  let folder: ManifestFolder;
  let upstream: Upstream;
  let answer: RequestListener;

  beforeAll(async () => {
    upstream = await startUpstream((request, response) => answer(request, response));
    const mcp = { transport: 'streamable-http', endpoint: 'https://mcp.acme.example/mcp' };
    const headers = { Authorization: 'Bearer ${field.token}' };
    const http = (more: object) => ({ http: { url: `${upstream.origin}/me`, headers, ...more } });
    const fields = [tokenField, { key: 'mode', label: 'Mode', type: 'select', choices: ['a', 'b'], default: 'a' }];
    folder = manifestFolder([
      { id: 'status', fields, mcp, verify: http({}) },
      { id: 'member', fields, mcp, verify: http({ method: 'POST', expect_json_field: 'ok' }) },
      { id: 'inside', fields, mcp, verify: { http: { url: 'https://169.254.169.254/latest?k=${field.token}' } } },
      { id: 'unchecked', fields, mcp },
      {
        id: 'tools',
        fields,
        mcp: { ...mcp, endpoint: `${upstream.origin}/mcp`, headers },
        verify: { mcp_method: 'tools/list' },
      },
      { id: 'started', fields, mcp: { transport: 'stdio', command: 'acme-mcp' }, verify: { mcp_method: 'tools/list' } },
      {
        id: 'database',
        fields: [{ ...tokenField, key: 'dsn' }],
        auth_mode: 'conn_string',
        mcp,
        verify: { sql: { driver: 'postgres', dsn: '${field.dsn}' } },
      },
    ]);
    const env = { CONNECTORS_DIR: folder.path };
    test = await startTestApp({ env: { ...env, EGRESS_ALLOW: '127.0.0.1' } });
    strict = await startTestApp({ env, database: test.database });
    owner = await test.seed.workspace();
  });
  beforeEach(() => {
    upstream.requests.splice(0);
    answer = (_request, response) => void response.end('{"ok":true}');
  });
  afterAll(async () => {
    await strict.close();
    await test.close();
    upstream.close();
    folder.remove();
  });

  type Fields = Record<string, string | number | boolean>;
  const verify = async (connectorId: string, fields: Fields = { token: canary }, app = test) => {
    const result = await app.as(owner).POST(path, { params: { path: { connectorId } }, body: { fields } });
    return result.data ?? { status: result.response.status, detail: result.error?.detail };
  };

  it('makes one call to the provider with the values in place', async () => {
    expect(await verify('status', { token: `  ${canary} ` })).toEqual({ ok: true, message: '' });
    expect(upstream.requests.map(({ method, url, headers }) => [method, url, headers.authorization])).toEqual([
      ['GET', '/me', `Bearer ${canary}`],
    ]);
  });

  it('says what the provider answered, in one short line without anything that was submitted', async () => {
    answer = (request, response) => {
      const echo = `bad token\n${request.headers.authorization} ${encodeURIComponent(canary)} ${Buffer.from(canary).toString('base64')}`;
      response.writeHead(401).end(`${echo} ${'x'.repeat(2_000)}`);
    };
    const verdict = await verify('status');
    expect(verdict).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^provider returned 401 Unauthorized: bad token Bearer \*\*\*/),
    });
    expect('message' in verdict && verdict.message.length).toBeLessThan(400);
    expect(JSON.stringify(verdict)).not.toMatch(/canary/);
  });

  it.each([
    ['{"ok":true}', true, ''],
    ['{"ok":false,"error":"invalid_auth"}', false, 'provider rejected credentials: invalid_auth'],
    ['{"ok":"true"}', false, 'provider rejected credentials'],
    ['{"data":{"ok":true}}', false, 'provider rejected credentials'],
    ['[true]', false, 'verify response body was not valid JSON'],
    ['<html>', false, 'verify response body was not valid JSON'],
  ])('reads the expected member of %s', async (body, ok, message) => {
    answer = (_request, response) => void response.end(body);
    expect(await verify('member')).toEqual({ ok, message });
  });

  it('follows at most three redirects and leaves the credential behind when they lead elsewhere', async () => {
    const elsewhere = await startUpstream((_request, response) => void response.end('{}'));
    answer = (_request, response) => void response.writeHead(302, { Location: `${elsewhere.origin}/x` }).end();
    expect(await verify('status')).toMatchObject({ ok: true });
    expect(elsewhere.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    elsewhere.close();
    answer = (_request, response) => void response.writeHead(302, { Location: '/me' }).end();
    expect(await verify('status')).toEqual({
      ok: false,
      message: 'provider unreachable: The server redirected more than 3 times',
    });
    expect(upstream.requests).toHaveLength(5);
  });

  it('calls no address that is private or internal unless the operator listed it', async () => {
    expect(await verify('inside')).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^verify URL rejected: /),
    });
    expect(await verify('status', { token: 'x'.repeat(9) }, strict)).toMatchObject({ ok: false });
    expect(upstream.requests).toEqual([]);
  });

  it.each<[string, Fields, string]>([
    ['status', {}, 'missing required field: token'],
    ['status', { token: '   ' }, 'missing required field: token'],
    ['status', { token: 't', mode: 'c' }, 'field "mode" must be one of a, b'],
    [
      'status',
      { token: 'a\r\nX-Evil: 1' },
      'field "token" holds a line break or another character that no HTTP header may hold',
    ],
  ])('answers 400 for values of %s that do not fit: %j', async (id, fields, detail) => {
    expect(await verify(id, fields)).toEqual({ status: 400, detail });
    expect(upstream.requests).toEqual([]);
  });

  it('applies defaults and ignores fields that the form does not have', async () => {
    expect(await verify('status', { token: canary, nobody: 'x' })).toEqual({ ok: true, message: '' });
  });

  it('looks the connector up before it reads the body, and the body before the values', async () => {
    const send = (id: string, body: string) =>
      test.call(`/api/v1/connectors/${id}/verify?workspace_id=${owner.workspaceId}`, {
        method: 'POST',
        token: owner.token,
        body,
      });
    expect((await send('nobody', '{')).status).toBe(404);
    expect((await send('status', '{')).status).toBe(400);
    expect((await send('status', '{"fields":[]}')).status).toBe(400);
    expect((await send('status', '{"fields":{"token":{}}}')).status).toBe(400);
  });

  it('asks nobody where the credentials come later or the manifest says nothing', async () => {
    for (const id of ['linear', 'filesystem', 'everything'])
      expect(await verify(id, {})).toEqual({ ok: true, message: '' });
    expect(await verify('unchecked')).toEqual({ ok: true, message: '' });
  });

  it('lists the tools of a real MCP server, with the credential', async () => {
    const server = streamable2025();
    answer = (request, response) => {
      if (request.headers.authorization !== `Bearer ${canary}`) return void response.writeHead(401).end();
      server.listener(request, response);
    };
    expect(await verify('tools')).toEqual({ ok: true, message: 'Connected to the MCP server; it lists 2 tools' });
    expect(await verify('tools', { token: 'another-one' })).toEqual({
      ok: false,
      message: 'Server requires authentication',
    });
    expect(await verify('started')).toMatchObject({ ok: true, message: expect.stringContaining('was not asked') });
  });

  describe('of a PostgreSQL database', () => {
    const dsnWith = (parts: { pathname?: string; search?: string }) =>
      Object.assign(new URL(test.database.url), { search: '?sslmode=disable', ...parts }).href;

    it('signs in to the real server and runs a statement', async () => {
      const url = new URL(test.database.url);
      const fields = {
        host: url.hostname,
        port: Number(url.port),
        database: url.pathname.slice(1),
        user: decodeURIComponent(url.username),
        password: decodeURIComponent(url.password) || 'unused',
      };
      expect(await verify('postgres', { ...fields, ssl: 'disable' })).toEqual({ ok: true, message: '' });
      expect(await verify('postgres', { ...fields, ssl: 'prefer' })).toEqual({ ok: true, message: '' });
      expect(await verify('postgres', fields)).toMatchObject({
        ok: false,
        message: expect.stringContaining('does not support SSL'),
      });
    });

    it('tells what the server said without the values', async () => {
      const verdict = await verify('database', { dsn: dsnWith({ pathname: '/canary_database' }) });
      expect(verdict).toMatchObject({ ok: false, message: expect.stringMatching(/^postgres connection failed: /) });
      expect(JSON.stringify(verdict)).not.toContain(new URL(test.database.url).username || 'none');
    });

    it('is refused a private address that nobody listed', async () => {
      expect(await verify('database', { dsn: dsnWith({}) }, strict)).toEqual({
        ok: false,
        message: 'postgres connection failed: private or internal address not allowed',
      });
    });

    it('ends the connection of a server that talks without end', async () => {
      const server = createTcpServer((socket) => {
        socket.on('error', () => undefined);
        // One message that claims two gigabytes.
        socket.write(Buffer.from([0x52, 0x7f, 0xff, 0xff, 0xff]));
        const more = setInterval(() => socket.write(Buffer.alloc(32_768)), 5);
        socket.on('close', () => clearInterval(more));
      });
      await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
      const { port } = server.address() as AddressInfo;
      expect(await verify('database', { dsn: `postgres://u:pass@127.0.0.1:${port}/d?sslmode=disable` })).toEqual({
        ok: false,
        message: 'postgres connection failed: the answer is too long',
      });
      server.close();
    });

    it('takes nothing from the environment of the process', async () => {
      const before = { ...process.env };
      Object.assign(process.env, {
        PGOPTIONS: '-c nonsense=1',
        PGUSER: 'nobody',
        PGDATABASE: 'nothing',
        PGSSLMODE: 'require',
        PGPASSWORD: 'x',
      });
      try {
        expect(await verify('database', { dsn: dsnWith({}) })).toEqual({ ok: true, message: '' });
      } finally {
        for (const name of ['PGOPTIONS', 'PGUSER', 'PGDATABASE', 'PGSSLMODE', 'PGPASSWORD']) delete process.env[name];
        Object.assign(process.env, before);
      }
    });

    it.each(['sslrootcert=/etc/passwd', 'passfile=/root/.pgpass', 'host=169.254.169.254', 'options=-cx=1'])(
      'refuses the option %s',
      async (option) => {
        expect(await verify('database', { dsn: dsnWith({ search: `?${option}` }) })).toMatchObject({
          ok: false,
          message: expect.stringMatching(/^postgres DSN invalid: /),
        });
      },
    );
  });

  it('records every attempt, and no value', async () => {
    await test.prisma.client.auditLog.deleteMany({});
    await verify('status');
    answer = (_request, response) => void response.writeHead(500).end();
    await verify('status');
    const rows = await test.prisma.client.auditLog.findMany({
      where: { action: 'connector.verify' },
      orderBy: { createdAt: 'asc' },
    });
    expect(rows.map(({ entityId, metadata }) => [entityId, metadata])).toEqual([
      ['status', { connector_name: 'The status', auth_mode: 'pat', ok: true }],
      ['status', { connector_name: 'The status', auth_mode: 'pat', ok: false }],
    ]);
    expect(test.logs.join('\n')).not.toContain(canary);
  });
});
