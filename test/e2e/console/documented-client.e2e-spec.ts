import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestApp, type TestApp } from '#testing';
import { streamable2025 } from '../../../libs/mcp-client/src/mcp-servers.fixture.js';
import { master, type RuntimeServer } from '../runtime/runtime-world.fixture.js';
import { consoleTeam, Listeners } from './console.fixture.js';

// What the console's documentation names, and nothing beside it: a client made from it may refuse any other member.
const success = <T extends z.ZodType>(data: T) => z.strictObject({ message: z.literal('Success'), data });
const integration = z.strictObject({
  id: z.string(),
  config: z.strictObject({
    name: z.string(),
    server_url: z.url(),
    transport: z.enum(['http_sse', 'streamable_http']),
    auth_type: z.enum(['none', 'bearer', 'basic', 'api_key', 'custom']),
  }),
});
const error = z.strictObject({
  message: z.union([z.string(), z.array(z.string().regex(/^[\w.]+: /))]),
  error: z.string(),
  code: z.string(),
  statusCode: z.int(),
  request_id: z.string(),
});
const tool = z.strictObject({
  id: z.string(),
  action_name: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  category: z.literal('mcp'),
  is_enabled: z.boolean(),
});
const count = z.int().nonnegative();

/** A client as its documentation would have it written: every answer is parsed, errors are thrown by status. */
class DocumentedClient {
  constructor(
    private readonly baseUrl: string,
    private readonly apiKey: string,
  ) {}

  async request<T extends z.ZodType>(method: string, path: string, answer: T, body?: unknown): Promise<z.infer<T>> {
    const response = await fetch(`${this.baseUrl}/api/v1/console${path}`, {
      method,
      headers: { 'X-Api-Key': this.apiKey, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const json: unknown = await response.json();
    if (response.ok) return answer.parse(json);
    const { statusCode, request_id, code } = error.parse(json);
    if (statusCode !== response.status || request_id !== response.headers.get('x-request-id')) throw new Error('torn');
    throw new Error(`${statusCode} ${code}`);
  }
}

describe('a client made from the console’s documentation', () => {
  let test: TestApp;
  const listeners = new Listeners();

  beforeAll(async () => {
    test = await startTestApp({ env: { EGRESS_ALLOW: '127.0.0.1', CREWSHIP_INTERNAL_TOKEN: master } });
  });
  afterAll(async () => {
    listeners.close();
    await test.close();
  });

  it('can do everything that is documented, and the agent’s runtime gets what it made', async () => {
    const { program, agentId, workspaceId } = await consoleTeam(test);
    const { url } = await listeners.listen(streamable2025().listener);
    const client = new DocumentedClient(test.url, program.key);
    const agent = `/agents/${agentId}`;
    const servers = `${agent}/integrations/mcp_server`;

    const made = await client.request('POST', `${servers}/configure`, success(integration), {
      name: 'Docs',
      server_url: url,
      auth_type: 'bearer',
      auth_config: { token: 'for-the-runtime' },
    });
    const one = `${servers}/${made.data.id}`;
    const listed = await client.request('GET', servers, success(z.array(integration)));
    expect(listed.data).toEqual([made.data]);

    const test1 = z.strictObject({
      success: z.boolean(),
      message: z.string(),
      error: z.string().optional(),
      tools_count: count.optional(),
    });
    expect((await client.request('POST', `${one}/test`, success(test1))).data.success).toBe(true);
    const found = z.strictObject({ discovered: count, created: count, updated: count, disabled: count });
    expect((await client.request('POST', `${one}/discover`, success(found))).data.created).toBe(2);
    const tools = (await client.request('GET', `${one}/tools`, success(z.array(tool)))).data;

    const action = tool.omit({ category: true }).extend({
      integration_id: z.string(),
      integration_type: z.string(),
      integration_name: z.string(),
    });
    expect((await client.request('GET', `${agent}/actions`, success(z.array(action)))).data).toHaveLength(2);
    const switched = success(z.strictObject({ updated_count: count }));
    const ids = { action_ids: [tools.find(({ action_name }) => action_name === 'search')?.id] };
    expect((await client.request('POST', `${agent}/actions/disable`, switched, ids)).data.updated_count).toBe(1);

    const all = z.strictObject({
      id: z.string(),
      type: z.string(),
      name: z.string(),
      status: z.string(),
      is_connected: z.boolean(),
      config_fields: z.array(
        z.strictObject({ key: z.string(), label: z.string(), type: z.string(), required: z.boolean() }),
      ),
      actions: z.array(tool.omit({ id: true }).extend({ require_human_approval: z.boolean() })),
    });
    const [shown] = (await client.request('GET', `${agent}/integrations`, success(z.array(all)))).data;
    expect([shown?.status, shown?.is_connected]).toEqual(['enabled', true]);

    const runtime = await test.call(`/api/v1/internal/agents/${agentId}/resolve?workspace_id=${workspaceId}`, {
      headers: { 'X-Internal-Token': master },
    });
    const { mcp_servers } = (await runtime.json()) as { mcp_servers: RuntimeServer[] };
    expect(mcp_servers).toMatchObject([
      { id: made.data.id, ready: true, headers: { Authorization: 'Bearer for-the-runtime' }, tools: ['create_issue'] },
    ]);

    expect(await client.request('DELETE', one, success(z.null()))).toEqual({ message: 'Success', data: null });
    await expect(client.request('DELETE', one, success(z.null()))).rejects.toThrow('404 not_found');
    await expect(client.request('POST', `${servers}/configure`, success(integration), {})).rejects.toThrow(
      '400 validation_error',
    );
  });
});
