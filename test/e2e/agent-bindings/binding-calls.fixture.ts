import type { SeededMember, TestApp } from '#testing';

const path = '/api/v1/agents/{agentId}/integrations';
const onePath = '/api/v1/agents/{agentId}/integrations/{integrationId}';

/** What calls are about unless they say otherwise. */
export interface BindingContext {
  test: TestApp;
  owner: SeededMember;
  agentId: string;
  /** A server of the workspace. */
  serverId: string;
}

/** The operations on one agent's bindings, by the context's owner unless told; the context is read at each call. */
export function bindingCalls(context: () => BindingContext) {
  const at = (caller: SeededMember | undefined, agent: string | undefined) => {
    const { test, owner, agentId } = context();
    return { client: test.as(caller ?? owner), agentId: agent ?? agentId };
  };
  const toServer = () => ({ mcp_server_id: context().serverId, mcp_server_scope: 'workspace' as const });
  return {
    toServer,
    create: (body: Record<string, unknown> = {}, caller?: SeededMember, agent?: string) => {
      const { client, agentId } = at(caller, agent);
      return client.POST(path, { params: { path: { agentId } }, body: { ...toServer(), ...body } });
    },
    patch: (integrationId: string, body: Record<string, unknown>, caller?: SeededMember, agent?: string) => {
      const { client, agentId } = at(caller, agent);
      return client.PATCH(onePath, { params: { path: { agentId, integrationId } }, body });
    },
    remove: (integrationId: string, caller?: SeededMember, agent?: string) => {
      const { client, agentId } = at(caller, agent);
      return client.DELETE(onePath, { params: { path: { agentId, integrationId } } });
    },
    list: (agent?: string, caller?: SeededMember) => {
      const { client, agentId } = at(caller, agent);
      return client.GET(path, { params: { path: { agentId } } });
    },
    /** A create whose body the client's types would forbid. */
    raw: async (json: unknown) => {
      const { test, owner, agentId } = context();
      const response = await test.call(`/api/v1/agents/${agentId}/integrations?workspace_id=${owner.workspaceId}`, {
        method: 'POST',
        token: owner.token,
        json,
      });
      return { status: response.status, problem: (await response.json()) as { detail: string } };
    },
  };
}
