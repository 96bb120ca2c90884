import type { SeededMember, TestApp, TestAppOptions } from '#testing';
import { LeftoverSweepService } from '../../../apps/api/src/modules/composio-bindings/leftover-sweep.service.js';
import { ComposioStub } from '../../counterparts/composio-stub/composio-stub.js';
import { type AgentRuntime, resolved as runtimeOf, startRuntimeApp } from '../runtime/runtime-world.fixture.js';

/** The key of the project that the workspaces of these tests have. */
export const key = 'ak_bindings_0123456789';

/** An answer, read. */
export interface Answer<T = Record<string, unknown>> {
  status: number;
  body: T & { detail?: string; code?: string };
}

/** The application on a stub of Composio. */
export interface ComposioWorld {
  stub: ComposioStub;
  test: TestApp;
  /** A workspace with a key of its own and an agent. */
  workspace(apiKey?: string | null): Promise<{ owner: SeededMember; agentId: string }>;
  /** A call below `/api/v1/integrations/composio`. */
  call<T>(caller: SeededMember, method: string, path: string, json?: unknown): Promise<Answer<T>>;
  bind(caller: SeededMember, agentId: string, json: unknown): Promise<Answer<BoundAnswer>>;
  unbind(caller: SeededMember, agentId: string, toolkit?: string): Promise<Answer>;
  /** What the agent has, as people see it: name of each server and state of its credential. */
  resolved(
    caller: SeededMember,
    agentId: string,
  ): Promise<{ name: string; endpoint: string | null; tools: string[] | null }[]>;
  explained(caller: SeededMember, agentId: string): Promise<ExplainedAnswer>;
  /** What the agent's runtime gets. */
  runtime(agentId: string): Promise<AgentRuntime>;
  sweep(): Promise<{ removed: number; kept: number }>;
  close(): Promise<void>;
}

/** The answer to a bind. */
export interface BoundAnswer {
  agent_id: string;
  user_id: string;
  apps: { toolkit: string; mode: string; endpoint: string }[];
}

/** The parts of an explanation that these tests read. */
export interface ExplainedAnswer {
  servers: { name: string; credential: { state: string; reason: string } | null }[];
  not_offered: { name: string; rule: string; reason: string }[];
  warnings: { code: string }[];
}

/** What every process of these tests is told. */
export const envOf = (stub: ComposioStub) => ({
  EGRESS_ALLOW: '127.0.0.1',
  ENCRYPTION_KEY: '6'.repeat(64),
  COMPOSIO_BASE_URL: stub.url,
});

/** Starts the application on a stub of its own. */
export async function startComposioWorld({
  env,
  keys = [],
}: TestAppOptions & { keys?: string[] } = {}): Promise<ComposioWorld> {
  const stub = await ComposioStub.start(key, ...keys);
  const test = await startRuntimeApp({ env: { ...envOf(stub), ...env } });
  const fetched = async <T>(path: string, caller: SeededMember, method: string, json?: unknown): Promise<Answer<T>> => {
    const headers = { 'X-Workspace-ID': caller.workspaceId };
    const response = await test.call(path, {
      method,
      token: caller.token,
      headers,
      ...(json !== undefined && { json }),
    });
    return { status: response.status, body: (await response.json()) as Answer<T>['body'] };
  };
  const call: ComposioWorld['call'] = (caller, method, path, json) =>
    fetched(`/api/v1/integrations/composio${path}`, caller, method, json);
  const read = async <T>(caller: SeededMember, path: string) => (await fetched<T>(path, caller, 'GET')).body;
  return {
    stub,
    test,
    call,
    workspace: async (apiKey = key) => {
      const owner = await test.seed.workspace();
      if (apiKey !== null) await call(owner, 'PUT', '/settings', { api_key: apiKey });
      return { owner, agentId: await test.seed.agent(owner.workspaceId) };
    },
    bind: (caller, agentId, json) => call(caller, 'POST', `/agents/${agentId}/bind`, json),
    unbind: (caller, agentId, toolkit) =>
      call(caller, 'DELETE', `/agents/${agentId}/bind${toolkit === undefined ? '' : `?toolkit=${toolkit}`}`),
    resolved: (caller, agentId) => read(caller, `/api/v1/agents/${agentId}/integrations/resolved`),
    explained: (caller, agentId) => read(caller, `/api/v1/agents/${agentId}/integrations/resolved?explain=true`),
    runtime: (agentId) => runtimeOf(test, agentId),
    sweep: () => test.app.get(LeftoverSweepService, { strict: false }).runOnce(),
    close: async () => {
      await test.close();
      await stub.stop();
    },
  };
}
