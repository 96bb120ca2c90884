import type { AutoConnectAuthorizeResponse, AutoConnectNeedsClientResponse } from './dto/auto-connect.response.js';
import type { ConnectedResponse } from './dto/connected.response.js';
import type { FlowResponse } from './dto/flow.response.js';
import type { StartedFlowResponse } from './dto/started-flow.response.js';
import { adviceOf, adviceOfLostTokens } from './failure-advice.js';
import type { McpConnection } from './flow-connection.types.js';
import type { CompletedFlow, Flow, LostTokens, StartedFlow } from './oauth-flows.types.js';

/** A started flow as its initiator gets it. The only place that answers a state. */
export function toStartedFlowResponse({ authUrl, state, flowId, expiresAt }: StartedFlow): StartedFlowResponse {
  return { auth_url: authUrl, state, flow_id: flowId, expires_at: expiresAt.toISOString() };
}

/** What a finished flow connected. */
export function toConnectedResponse({ credentialId, flowId, server }: CompletedFlow): ConnectedResponse {
  return { status: 'ok', credential_id: credentialId, flow_id: flowId, integration_id: server?.id ?? null };
}

/** A connection that was begun, or what is missing for it. */
export function toAutoConnectResponse(
  connection: McpConnection,
): AutoConnectAuthorizeResponse | AutoConnectNeedsClientResponse {
  if (connection.status === 'authorize') {
    const { status, credentialId, flow } = connection;
    return { status, credential_id: credentialId, ...toStartedFlowResponse(flow) };
  }
  const { status, authUrl, tokenUrl, scopes, message } = connection;
  return { status, auth_url: authUrl, token_url: tokenUrl, scopes, message };
}

/** How a flow stands, as whoever started it may see it. */
export function toFlowResponse(flow: Flow): FlowResponse {
  const { failureCode, lostTokens } = flow;
  return {
    id: flow.id,
    workspace_id: flow.workspaceId,
    credential_id: flow.credentialId,
    user_id: flow.userId,
    status: flow.status,
    delivery: flow.delivery,
    failure: failureCode === null ? null : failureOf(failureCode, lostTokens),
    integration_id: flow.crewIntegrationId ?? flow.workspaceIntegrationId,
    agent_id: flow.agentId,
    redirect_uri: flow.redirectUri,
    expires_at: flow.expiresAt.toISOString(),
    finished_at: flow.finishedAt?.toISOString() ?? null,
    created_at: flow.createdAt.toISOString(),
  };
}

function failureOf(code: string, lostTokens: LostTokens | null) {
  const { heading, advice } = adviceOf(code);
  const told = lostTokens === null ? '' : ` ${adviceOfLostTokens[lostTokens]}`;
  return { code, message: `${heading}. ${advice}${told}`, issued_tokens: lostTokens };
}
