import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';

interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  request_id: string;
  error: string;
  errors?: { field: string; code: string; message: string }[];
}

describe('what bad requests get', () => {
  let test: TestApp;
  let owner: SeededMember;
  const list = () => `/api/v1/integrations?workspace_id=${owner.workspaceId}`;

  beforeAll(async () => {
    test = await startTestApp({ env: { CREWSHIP_ALLOWED_ORIGINS: 'https://console.example.com' } });
    owner = await test.seed.workspace();
  });
  afterAll(() => test.close());

  const post = (body: string, headers: Record<string, string> = {}) =>
    test.call(list(), {
      method: 'POST',
      token: owner.token,
      body,
      headers: { 'Content-Type': 'application/json', ...headers },
    });
  const problemOf = async (response: Response) => (await response.json()) as Problem;

  it('answers problem details with every documented member, and the same text as error', async () => {
    const response = await post('{}');
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(await problemOf(response)).toEqual({
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      detail: 'name is required',
      instance: '/api/v1/integrations',
      code: 'http.invalid_body',
      request_id: response.headers.get('x-request-id'),
      error: 'name is required',
      errors: [{ field: 'name', code: 'text', message: 'name is required' }],
    });
  });

  it('takes whole characters in escapes, and backslashes before what only looks like half of one', async () => {
    const body = {
      name: 'whole',
      display_name: 'XX',
      transport: 'streamable-http',
      endpoint: 'https://mcp.example.com',
    };
    const response = await post(JSON.stringify(body).replace('XX', '\\ud83d\\ude00 \\\\ud83d'));
    expect(response.status).toBe(201);
    expect(((await response.json()) as { display_name: string }).display_name).toBe('😀 \\ud83d');
  });

  it('finds nothing at a path with NUL, and takes no query with one', async () => {
    const at = (path: string) => test.call(path, { token: owner.token });
    expect((await at(`/api/v1/integrations/%00?workspace_id=${owner.workspaceId}`)).status).toBe(404);
    expect((await at('/api/v1/integrations?workspace_id=%00')).status).toBe(400);
  });

  it.each([
    ['malformed JSON', '{"name": '],
    ['nothing', ''],
    ['an array', '[]'],
    ['a string', '"name"'],
    ['two values', '{} {}'],
    ['half a character', '{"name": "a\\ud83d"}'],
  ])('answers %s as a body with 400 Invalid JSON body', async (_case, body) => {
    const response = await post(body);
    expect([response.status, (await problemOf(response)).detail]).toEqual([400, 'Invalid JSON body']);
  });

  it('ignores the media type that a body claims', async () => {
    const response = await post('{}', { 'Content-Type': 'text/plain' });
    expect((await problemOf(response)).detail).toBe('name is required');
  });

  it('names every field that is wrong', async () => {
    const response = await post(JSON.stringify({ name: 1, endpoint: 2, locked: 'yes' }));
    expect((await problemOf(response)).errors?.map(({ field }) => field)).toEqual(['name', 'endpoint', 'locked']);
  });

  it('refuses a body over 1 MB with 413 and writes nothing', async () => {
    const response = await post(JSON.stringify({ name: 'big', icon: 'x'.repeat(1_048_576) }));
    expect([response.status, (await problemOf(response)).code]).toEqual([413, 'http.body_too_large']);
    expect(await test.prisma.client.workspaceIntegration.count({ where: { name: 'big' } })).toBe(0);
  });

  it('ignores unknown members, which never reach a row', async () => {
    const response = await post(
      JSON.stringify({
        name: 'extra',
        endpoint: 'https://mcp.example.com',
        workspace_id: 'cother',
        id: 'cmine',
        origin: 'composio',
        enabled: false,
      }),
    );
    const row = (await response.json()) as { id: string; workspace_id: string; enabled: boolean };
    expect(response.status).toBe(201);
    expect(row).toMatchObject({ workspace_id: owner.workspaceId, enabled: true });
    expect(row.id).not.toBe('cmine');
  });

  it('names unknown members with 400 for a caller that asks for strictness', async () => {
    const body = JSON.stringify({ name: 'strict', endpoint: 'https://mcp.example.com', colour: 'red' });
    const response = await post(body, { Prefer: 'handling=strict' });
    const problem = await problemOf(response);
    expect([response.status, problem.code]).toEqual([400, 'http.unknown_members']);
    expect(problem.errors).toEqual([{ field: 'colour', code: 'unknown_member', message: 'colour is not known here' }]);
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'names the unknown member %s too',
    async (name) => {
      const response = await post(`{"name":"strict","endpoint":"https://mcp.example.com","${name}":1}`, {
        Prefer: 'handling=strict',
      });
      const problem = await problemOf(response);
      expect([response.status, problem.errors?.map(({ field }) => field)]).toEqual([400, [name]]);
    },
  );

  it('does not take blanks for a name', async () => {
    const response = await post('{"name":"  ","endpoint":"https://mcp.example.com"}');
    expect([response.status, (await problemOf(response)).detail]).toEqual([400, 'name is required']);
  });

  it('is not fooled by __proto__ or constructor in a body', async () => {
    const response = await post(
      '{"name":"proto","endpoint":"https://mcp.example.com","__proto__":{"locked":true},"constructor":{"prototype":{"x":1}}}',
    );
    expect(((await response.json()) as { locked: boolean }).locked).toBe(false);
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  it('refuses a NUL character, which no text column could hold', async () => {
    const response = await post(JSON.stringify({ name: 'a\u0000b', endpoint: 'https://mcp.example.com' }));
    expect(response.status).toBe(400);
  });

  it('tells an unknown path (404) from a wrong method (405 with Allow)', async () => {
    const unknown = await test.call('/api/v1/nothing/here', { token: owner.token });
    const wrong = await test.call(list(), { method: 'PUT', token: owner.token });
    expect([unknown.status, (await problemOf(unknown)).code]).toEqual([404, 'http.route_not_found']);
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
  });

  it('does not take a path of its own for the id of something else (405)', async () => {
    for (const [method, path] of [
      ['DELETE', '/api/v1/integrations/crews'],
      ['PATCH', '/api/v1/integrations/crews'],
    ] as const) {
      const response = await test.call(path, { method, token: owner.token });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
  });

  it('tells broken JSON before it looks for the row', async () => {
    const path = `/api/v1/integrations/nope?workspace_id=${owner.workspaceId}`;
    const send = (body: string) => test.call(path, { method: 'PATCH', token: owner.token, body });
    expect([(await send('{')).status, (await send('{}')).status]).toEqual([400, 404]);
  });

  it.each([
    ['POST', '/api/v1/agents', { name: 'xx', slug: 'xx', crew_id: '\u0000' }, 'Invalid crew_id'],
    [
      'POST',
      '/api/v1/agents/{agent}/integrations/resolved/preview',
      { changes: [null] },
      'changes must be an array of objects',
    ],
    [
      'POST',
      '/api/v1/agents/{agent}/integrations/resolved/preview',
      { changes: [[]] },
      'changes must be an array of objects',
    ],
  ])('answers %s %s with %j by 400', async (method, path, json, detail) => {
    const agent = await test.seed.agent(owner.workspaceId);
    const url = `${path.replace('{agent}', agent)}?workspace_id=${owner.workspaceId}`;
    const response = await test.call(url, { method, token: owner.token, json });
    expect([response.status, (await problemOf(response)).detail]).toEqual([400, detail]);
  });

  it('does not judge the body of who may make no agent', async () => {
    const viewer = await test.seed.member(owner.workspaceId, 'VIEWER');
    const url = `/api/v1/agents?workspace_id=${owner.workspaceId}`;
    for (const body of ['{', '{"crew_id":7}', '{}'])
      expect((await test.call(url, { method: 'POST', token: viewer.token, body })).status).toBe(403);
  });

  it.each([
    ['POST', 'schedules', 'cron_expr and prompt are required'],
    ['POST', 'channels', 'invalid JSON'],
    ['POST', 'plugins', 'invalid request body'],
    ['POST', 'approvals', 'invalid request body'],
  ])('says of a body that is no JSON what the document of %s …/%s says', async (method, path, detail) => {
    const url = `/api/v1/workspaces/${owner.workspaceId}/${path}`;
    const problem = await problemOf(await test.call(url, { method, token: owner.token, body: '{' }));
    expect([problem.status, problem.code, problem.detail]).toEqual([400, 'http.invalid_json', detail]);
  });

  it('takes the scheme of Authorization in any case', async () => {
    for (const scheme of ['bearer', 'BEARER']) {
      const response = await test.call(list(), { headers: { Authorization: `${scheme} ${owner.token}` } });
      expect(response.status).toBe(200);
    }
  });

  it('believes neither of two Authorization fields', async () => {
    const { hostname, port } = new URL(test.url);
    const ask = async (...tokens: string[]) => {
      const headers = tokens.flatMap((token) => ['Authorization', `Bearer ${token}`]);
      const call = get({ hostname, port, path: list(), headers: ['Host', hostname, ...headers] });
      const [response] = (await once(call, 'response')) as [IncomingMessage];
      response.resume();
      return response.statusCode;
    };
    expect([await ask(owner.token), await ask(owner.token, 'zzz'), await ask(owner.token, owner.token)]).toEqual([
      200, 401, 401,
    ]);
  });

  it('answers a path that cannot be decoded with 400', async () => {
    const response = await test.call(`/api/v1/integrations/%E0%A4%A?workspace_id=${owner.workspaceId}`, {
      token: owner.token,
    });
    expect(response.status).toBe(400);
  });

  it('refuses a mutation that a foreign page sends, and lets programs and listed pages through', async () => {
    const from = (headers: Record<string, string>) => post('{}', headers).then(({ status }) => status);
    expect(await from({ Origin: 'https://evil.example.com' })).toBe(403);
    expect(await from({ Origin: 'null' })).toBe(403);
    expect(await from({ Referer: 'https://evil.example.com/page' })).toBe(403);
    expect(await from({ Origin: 'https://console.example.com' })).toBe(400);
    expect(await from({ Origin: test.url })).toBe(400);
  });

  it('lets only listed pages read answers', async () => {
    const origins = async (origin: string) =>
      (await test.call(list(), { token: owner.token, headers: { Origin: origin } })).headers.get(
        'access-control-allow-origin',
      );
    expect(await origins('https://console.example.com')).toBe('https://console.example.com');
    expect(await origins('https://evil.example.com')).toBeNull();
  });

  it('keeps a well-formed request id of the caller and replaces any other', async () => {
    const id = async (given: string) =>
      (await test.call(list(), { token: owner.token, headers: { 'X-Request-Id': given } })).headers.get('x-request-id');
    expect(await id('trace-0123456789')).toBe('trace-0123456789');
    expect(await id('<script>')).toMatch(/^c[0-9a-z]{24}$/);
  });

  it('sends the security headers and says nothing of the framework', async () => {
    const { headers } = await test.call(list(), { token: owner.token });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('takes the workspace from query, header or slug, and refuses sources that differ', async () => {
    const { slug } = await test.prisma.client.workspace.findUniqueOrThrow({ where: { id: owner.workspaceId } });
    const status = async (path: string, headers: Record<string, string> = {}) =>
      (await test.call(path, { token: owner.token, headers })).status;
    expect(await status('/api/v1/integrations', { 'X-Workspace-ID': owner.workspaceId })).toBe(200);
    expect(await status(`/api/v1/integrations?workspace_id=${slug}`)).toBe(200);
    expect(await status(list(), { 'X-Workspace-ID': 'another' })).toBe(400);
    expect(await status(`/api/v1/integrations?workspace_id=${owner.workspaceId}&workspace_id=x`)).toBe(400);
  });
});

describe('rate limits', () => {
  it('count down per client, then answer 429 with the seconds to wait', async () => {
    const test = await startTestApp({ env: { CREWSHIP_RATELIMIT_API_PER_MINUTE: '3' } });
    const answers: Response[] = [];
    for (let call = 0; call < 4; call += 1) answers.push(await test.call('/api/v1/integrations'));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
    expect(answers.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual(['2', '1', '0', '0']);
    expect(answers[0]?.headers.get('x-ratelimit-limit')).toBe('3');
    expect(Number(answers[3]?.headers.get('retry-after'))).toBeGreaterThan(0);
    await test.close();
  });
});
