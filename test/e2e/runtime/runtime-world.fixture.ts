import { startTestApp, type TestApp, type TestAppOptions } from '#testing';
import { InternalTokensService } from '../../../apps/api/src/modules/identity/internal-tokens.service.js';

/** The master token of these tests. */
export const master = 'an-internal-token-of-this-test-0123456789';

/** A server as the runtime gets it, for assertions. */
export interface RuntimeServer {
  id: string;
  name: string;
  ready: boolean;
  problems: { code: string; field: string; message: string }[];
  headers: Record<string, string>;
  env?: Record<string, string>;
  config: Record<string, unknown> | null;
  [member: string]: unknown;
}

/** What the runtime gets, for assertions. */
export interface AgentRuntime {
  workspace_id: string;
  credentials: { id: string; env_var: string; value: string; [member: string]: unknown }[];
  mcp_servers: RuntimeServer[];
  problems: { code: string; field: string }[];
  [member: string]: unknown;
}

/** A workspace with a crew and an agent in it, changed through the public API as its owner would. */
export interface RuntimeWorld {
  workspaceId: string;
  token: string;
  crewId: string;
  agentId: string;
  /** A change by the owner; answers the id of what was made. Throws unless it succeeds. */
  make(method: string, path: string, json?: unknown): Promise<string>;
  /** Binds the agent to a server of the workspace, unless the body says otherwise. */
  bind(serverId: string, json?: object): Promise<string>;
  /** A credential with a value. */
  credential(name: string, value: string, more?: object): Promise<string>;
  /** An HTTP server of the workspace. */
  server(name: string, more?: object): Promise<string>;
}

/** The application with a known master token. */
export function startRuntimeApp(options: TestAppOptions = {}): Promise<TestApp> {
  const env = { CREWSHIP_INTERNAL_TOKEN: master, CREWSHIP_RATELIMIT_DISABLED: 'true', ...options.env };
  return startTestApp({ ...options, env });
}

/** Makes a world. */
export async function runtimeWorld(test: TestApp): Promise<RuntimeWorld> {
  const owner = await test.seed.workspace();
  const { workspaceId, token } = owner;
  const crewId = await test.seed.crew(workspaceId);
  const agentId = await test.seed.agent(workspaceId, { crewId });
  const make: RuntimeWorld['make'] = async (method, path, json) => {
    const response = await test.call(path, {
      method,
      token,
      headers: { 'X-Workspace-ID': workspaceId },
      ...(json !== undefined && { json }),
    });
    const text = await response.text();
    if (response.status >= 300) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text === '' ? '' : ((JSON.parse(text) as { id?: string }).id ?? '');
  };
  return {
    workspaceId,
    token,
    crewId,
    agentId,
    make,
    bind: (mcp_server_id, json) =>
      make('POST', `/api/v1/agents/${agentId}/integrations`, { mcp_server_id, mcp_server_scope: 'workspace', ...json }),
    credential: (name, value, more) => make('POST', '/api/v1/credentials', { name, value, type: 'API_KEY', ...more }),
    server: (name, more) =>
      make('POST', '/api/v1/integrations', { name, endpoint: 'https://mcp.example.com/mcp', ...more }),
  };
}

/** Tokens as the runtime makes them. */
export function tokensOf(test: TestApp): InternalTokensService {
  return test.app.get(InternalTokensService, { strict: false });
}

/** The answer to a runtime with this token. */
export function askToResolve(
  test: TestApp,
  agentId: string,
  { token = master, query = '', headers = {} }: { token?: string; query?: string; headers?: object } = {},
): Promise<Response> {
  return test.call(`/api/v1/internal/agents/${agentId}/resolve${query}`, {
    headers: { 'X-Internal-Token': token, ...headers },
  });
}

/** The same, read. Throws unless it succeeds. */
export async function resolved(test: TestApp, agentId: string): Promise<AgentRuntime> {
  const response = await askToResolve(test, agentId);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`resolve answered ${response.status}: ${text}\n${test.logs.at(-2)}`);
  return JSON.parse(text) as AgentRuntime;
}
