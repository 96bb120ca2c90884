import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countQueries, startTestApp, type TestApp } from '#testing';
import { tokenText } from '../../../apps/api/src/modules/workspace-tokens/token-text.js';
import { ConsoleProgram, consoleTeam } from './console.fixture.js';

const members = ['code', 'error', 'message', 'request_id', 'statusCode'];

describe('the console’s envelope', () => {
  let test: TestApp;
  let team: Awaited<ReturnType<typeof consoleTeam>>;
  let list: string;

  beforeAll(async () => {
    test = await startTestApp();
    team = await consoleTeam(test);
    list = `/api/v1/console/agents/${team.agentId}/integrations`;
  });
  afterAll(() => test.close());

  const send = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${test.url}${path}`, init);
    const body = (await response.json()) as Record<string, unknown>;
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    return { status: response.status, headers: response.headers, body };
  };
  const bearer = (key: string) => ({ headers: { Authorization: `Bearer ${key}` } });

  it.each([
    ['an unknown route', '/api/v1/console/nothing/here', {}, 404, 'not_found'],
    ['the prefix itself', '/api/v1/console', {}, 404, 'not_found'],
    ['another spelling of the prefix', '/API/V1/Console/nothing', {}, 404, 'not_found'],
    ['a path that cannot be decoded', '/api/v1/console/agents/%ff/integrations', {}, 400, 'bad_request'],
    [
      'a body beyond a megabyte',
      '/api/v1/console/x',
      { method: 'POST', body: 'x'.repeat(1_048_577) },
      413,
      'bad_request',
    ],
    [
      'a foreign page',
      '/api/v1/console/x',
      { method: 'POST', headers: { Origin: 'https://evil.example' } },
      403,
      'forbidden',
    ],
  ])('holds for %s', async (_case, path, init, status, code) => {
    const { body, headers, ...answer } = await send(path, init);
    expect(answer.status).toBe(status);
    expect(body).toMatchObject({ code, statusCode: status, request_id: headers.get('x-request-id') });
    expect(Object.keys(body).sort()).toEqual(members);
  });

  it('holds for a method that a path does not have', async () => {
    const { status, headers, body } = await send(list, { method: 'PUT', ...bearer(team.program.key) });
    expect([status, headers.get('allow'), body.error]).toEqual([405, 'GET, HEAD', 'Method Not Allowed']);
    expect(Object.keys(body).sort()).toEqual(members);
  });

  it('holds for a body that is no JSON, behind the key', async () => {
    const path = `${list}/mcp_server/configure`;
    const broken = { method: 'POST', body: '{', headers: { 'Content-Type': 'application/json' } };
    expect((await send(path, broken)).body).toMatchObject({ code: 'api_key_missing', statusCode: 401 });
    const { status, body } = await send(path, {
      ...broken,
      headers: { ...broken.headers, Authorization: `Bearer ${team.program.key}` },
    });
    expect([status, body.code, body.message]).toEqual([400, 'bad_request', 'Invalid JSON body']);
  });

  it('is nobody else’s', async () => {
    for (const path of ['/api/v1/nothing', '/api/v1/consoles', '/api/v1/agents']) {
      const response = await fetch(`${test.url}${path}`);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
    }
  });

  it('echoes X-Request-Id in header and error', async () => {
    const id = '3fa85f64-5717-4562-b3fc-2c963f66afa6';
    const { headers, body } = await send(list, { headers: { 'X-Request-Id': id } });
    expect([headers.get('x-request-id'), body.request_id]).toEqual([id, id]);
  });

  it.each([[undefined], ['my-own-trace-1'], ['no id at all'], ['cmhq3v1x0a1b2c3d4e5f6g7h8']])(
    'has a UUID as request_id where X-Request-Id is %j, the same in header and log',
    async (given) => {
      const sent = { headers: given === undefined ? {} : { 'X-Request-Id': given } };
      const { headers, body } = await send(list, sent);
      const id = String(body.request_id);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(headers.get('x-request-id')).toBe(id);
      expect(test.logs.filter((line) => line.includes(id))).toHaveLength(1);
    },
  );

  it('takes the key from X-Api-Key too, and the bearer token first', async () => {
    const other = (await consoleTeam(test)).program.key;
    const both = { 'X-Api-Key': team.program.key, Authorization: `Bearer ${other}` };
    expect((await send(list, { headers: { 'X-Api-Key': team.program.key } })).status).toBe(200);
    expect((await send(list, { headers: both })).status).toBe(404);
    const basic = { 'X-Api-Key': team.program.key, Authorization: 'Basic dTpw' };
    expect((await send(list, { headers: basic })).status).toBe(200);
  });

  it('says which way a key fails', async () => {
    const { seed, clock, prisma } = test;
    const outcome = async (init: RequestInit) => {
      const { status, body } = await send(list, init);
      const { request_id: _, ...error } = body;
      return { status, ...error };
    };
    const refusal = (code: string, message: string) => ({
      status: 401,
      statusCode: 401,
      error: 'Unauthorized',
      code,
      message,
    });
    const invalid = refusal('api_key_invalid', 'Invalid API key.');
    expect(await outcome({})).toEqual(refusal('api_key_missing', 'API key is missing.'));
    expect(await outcome(bearer('sk_typo'))).toEqual(invalid);
    expect(await outcome(bearer(tokenText('team', randomBytes(32))))).toEqual(invalid);
    expect(await outcome(bearer(team.owner.token))).toEqual(invalid);
    const ended = await seed.teamKey(team.workspaceId, { expiresAt: new Date(clock.now().getTime() - 1) });
    expect(await outcome(bearer(ended))).toEqual(refusal('api_key_expired', 'API key has expired.'));
    const revoked = await seed.teamKey(team.workspaceId, { revokedAt: clock.now() });
    expect(await outcome(bearer(revoked))).toEqual(invalid);
    const gone = await consoleTeam(test);
    await prisma.client.workspace.update({ where: { id: gone.workspaceId }, data: { deletedAt: clock.now() } });
    expect(await outcome(bearer(gone.program.key))).toEqual(invalid);
  });

  it('names the scope that a key lacks, and says so before anything else', async () => {
    const reader = await test.seed.teamKey(team.workspaceId, { scopes: ['integrations:read'] });
    const { status, body } = await send('/api/v1/console/agents/nobody/integrations/mcp_server/configure', {
      method: 'POST',
      ...bearer(reader),
    });
    expect([status, body.code, body.error]).toEqual([403, 'insufficient_scope', 'Forbidden']);
    expect(body.message).toBe('This API key is missing the required scope: integrations:write.');
  });

  it('tells a key in one round trip, and one that cannot be a key in none', async () => {
    const known = await countQueries(() =>
      send('/api/v1/console/agents/nobody/integrations', bearer(team.program.key)),
    );
    expect(known.statements.filter((text) => text.includes('workspace_tokens'))).toHaveLength(1);
    expect(known.statements).toHaveLength(2);
    const nonsense = await countQueries(() => send(list, bearer('sk_nonsense')));
    expect(nonsense.statements).toEqual([]);
  });

  it('notes when a key was last used', async () => {
    const row = async () =>
      (
        await test.prisma.client.workspaceToken.findFirst({
          where: { workspaceId: team.workspaceId, revokedAt: null, expiresAt: null, scopes: { has: '*' } },
        })
      )?.lastUsedAt;
    await send(list, bearer(team.program.key));
    await new Promise((after) => setTimeout(after, 1_200));
    expect(await row()).toEqual(test.clock.now());
  });
});

describe('the console’s limits', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ env: { CREWSHIP_RATELIMIT_API_PER_MINUTE: '3' } });
  });
  afterAll(() => test.close());

  it('are told with every answer, in Unix seconds, and end in 429 with Retry-After', async () => {
    const { program } = await consoleTeam(test);
    const now = test.clock.now().getTime() / 1_000;
    const answers = [];
    for (let turn = 0; turn < 4; turn += 1) answers.push(await program.call('GET', '/integrations'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(answers.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual(['2', '1', '0', '0']);
    for (const { headers } of answers) {
      expect(headers.get('x-ratelimit-limit')).toBe('3');
      const reset = Number(headers.get('x-ratelimit-reset'));
      expect([reset >= now, reset <= now + 61]).toEqual([true, true]);
    }
    const [refused] = answers.slice(-1);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused?.body).toMatchObject({ code: 'rate_limited', error: 'Too Many Requests', statusCode: 429 });
  });

  it('are told whole, and not reached, where they are switched off', async () => {
    const free = await startTestApp({
      env: { CREWSHIP_RATELIMIT_API_PER_MINUTE: '3', CREWSHIP_RATELIMIT_DISABLED: 'true' },
    });
    const { program, agentId, owner } = await consoleTeam(free);
    const end = free.clock.now().getTime() / 1_000 + 60;
    const stranger = new ConsoleProgram(free, 'sk_unknown', agentId);
    for (const by of [program, program, program, program, stranger]) {
      const { headers } = await by.call('GET', '/integrations');
      const told = ['limit', 'remaining', 'reset'].map((name) => Number(headers.get(`x-ratelimit-${name}`)));
      expect(told).toEqual([3, 3, Math.ceil(end)]);
    }
    const elsewhere = await free.call(`/api/v1/agents?workspace_id=${owner.workspaceId}`, { token: owner.token });
    expect(elsewhere.headers.get('x-ratelimit-limit')).toBeNull();
    await free.close();
  });
});
