import { type SeededMember, startTestApp, type TestApp, type TestAppOptions } from '#testing';
import { ComposioStub } from '../../counterparts/composio-stub/composio-stub.js';

/** Keys that the stub has a project for. */
export const keys = {
  ours: 'ak_ours_0123456789',
  second: 'ak_second_0123456789',
  theirs: 'ak_theirs_0123456789',
  server: 'ak_server_0123456789',
} as const;

/** What came back. */
export interface ComposioAnswer {
  status: number;
  /** Null when there was no body. */
  data: Record<string, unknown> | null;
}

/** An application whose Composio is the stub. */
export interface ComposioApp {
  test: TestApp;
  stub: ComposioStub;
  /** A workspace with a key of its own, as its owner. */
  configured(key?: string): Promise<SeededMember>;
  /** A call below `/api/v1/integrations/composio/`. */
  send(caller: SeededMember, method: string, rest: string, json?: unknown): Promise<ComposioAnswer>;
  /** Audit rows of a workspace about Composio beside its key, oldest first. */
  audited(workspaceId: string): Promise<{ action: string; entityId: string | null; metadata: unknown }[]>;
  close(): Promise<void>;
}

/** Starts both. With `stub` the application is a further replica or a later one. */
export async function startComposioApp(options: TestAppOptions & { stub?: ComposioStub } = {}): Promise<ComposioApp> {
  const stub = options.stub ?? (await ComposioStub.start(...Object.values(keys)));
  const { stub: _, env, ...rest } = options;
  const test = await startTestApp({
    ...rest,
    env: { COMPOSIO_BASE_URL: stub.url, EGRESS_ALLOW: '127.0.0.1', ...env },
  });
  return {
    test,
    stub,
    configured: async (key = keys.ours) => {
      const owner = await test.seed.workspace();
      const { response } = await test
        .as(owner)
        .PUT('/api/v1/integrations/composio/settings', { body: { api_key: key } });
      if (response.status !== 200) throw new Error(`the key was answered with ${response.status}`);
      stub.calls.length = 0;
      return owner;
    },
    send: async (caller, method, rest, json) => {
      const response = await test.call(`/api/v1/integrations/composio/${rest}?workspace_id=${caller.workspaceId}`, {
        method,
        token: caller.token,
        ...(json !== undefined && { json }),
      });
      const text = await response.text();
      return { status: response.status, data: text === '' ? null : (JSON.parse(text) as Record<string, unknown>) };
    },
    audited: (workspaceId) =>
      test.prisma.client.auditLog.findMany({
        where: { workspaceId, action: { startsWith: 'composio' }, NOT: { action: 'composio_settings.update' } },
        select: { action: true, entityId: true, metadata: true },
        orderBy: [{ createdAt: 'asc' }, { action: 'asc' }],
      }),
    close: async () => {
      await test.close();
      if (!options.stub) await stub.stop();
    },
  };
}
