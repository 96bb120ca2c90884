import { isDeniedEnvName, isPlatformEnvName } from '#vault';
import { envVarOfName } from '../agent-credentials/env-var-rules.js';
import type { PreparedAccess, PreparedServer, ServerProblem } from '../server-access/server-access.types.js';
import type { AgentRuntimeResponse, RuntimeCredentialResponse } from './dto/agent-runtime.response.js';
import type { RuntimeProblemResponse, RuntimeServerResponse } from './dto/runtime-server.response.js';
import type { RuntimeFacts } from './runtime-facts.schema.js';

// What the documented answer names and only an orchestrator of containers would have something to say of.
const withoutContainers = {
  container_id: '',
  connected_crews: [],
  network_mode_enforced: false,
  cached_image: null,
  cached_requirements: null,
  installed_skills: [],
  crew_resources: null,
  approval_mode: null,
  local_model_base_url: null,
} as const satisfies Partial<AgentRuntimeResponse>;

/** The answer to the runtime: the only place where values are revealed. */
export function toAgentRuntime(
  facts: RuntimeFacts,
  access: PreparedAccess,
  problems: readonly ServerProblem[],
): AgentRuntimeResponse {
  const { crew } = facts;
  const { credentials, refused } = deliveries(facts, access);
  return {
    agent_id: facts.agentId,
    agent_slug: facts.agentSlug,
    agent_role: facts.agentRole,
    agent_status: facts.status,
    crew_id: crew?.id ?? null,
    crew_slug: crew?.slug ?? null,
    ...withoutContainers,
    cli_adapter: facts.cliAdapter,
    llm_model: facts.llmModel,
    llm_provider: facts.llmProvider,
    system_prompt: facts.systemPrompt,
    tool_profile: facts.toolProfile,
    credentials,
    timeout_seconds: facts.timeoutSeconds,
    workspace_id: facts.workspaceId,
    preferred_language: facts.preferredLanguage,
    memory_enabled: facts.memoryEnabled,
    crew_members: (crew?.members ?? []).map(({ agentRole, roleTitle, ...member }) => ({
      ...member,
      agent_role: agentRole,
      role_title: roleTitle,
    })),
    network_mode: crew?.networkMode ?? null,
    allowed_domains: crew?.allowedDomains ?? null,
    allow_private_endpoints: crew?.allowPrivateEndpoints ?? null,
    memory_mb: crew?.memoryMb ?? null,
    cpus: crew?.cpus ?? null,
    ttl_hours: crew?.ttlHours ?? null,
    mcp_servers: access.servers.map(toRuntimeServer),
    runtime_image: crew?.runtimeImage ?? null,
    devcontainer_config: crew?.devcontainerConfig ?? null,
    mise_config: crew?.miseConfig ?? null,
    services_json: crew?.servicesJson ?? null,
    crew_mcp_config_json: null,
    agent_mcp_config_json: access.blob?.json.reveal() ?? null,
    problems: [...problems, ...(access.blob?.problems ?? []), ...refused].map(toProblem),
  };
}

// A variable that changes which code runs, or that is the platform's own, is never set from a credential.
function deliveries({ grants }: RuntimeFacts, access: PreparedAccess) {
  const credentials: RuntimeCredentialResponse[] = [];
  const refused: ServerProblem[] = [];
  for (const { credentialId, credentialName, credentialType, envVarName, priority, expiresAtMs } of grants) {
    const opened = access.credentials.get(credentialId);
    if (opened === undefined) continue;
    const variable = envVarName ?? envVarOfName(credentialName);
    if (isDeniedEnvName(variable) || isPlatformEnvName(variable)) {
      const message = `A credential may not be put into ${variable}; grant it under another name`;
      refused.push({ code: 'name_not_allowed', field: `credentials.${credentialId}`, message, references: [] });
      continue;
    }
    credentials.push({
      id: credentialId,
      env_var: variable,
      value: opened.value.reveal(),
      priority,
      type: credentialType,
      ...(opened.username !== null && { username: opened.username }),
      ...(expiresAtMs && { lease_expires_at: expiresAtMs.toISOString() }),
    });
  }
  return { credentials, refused };
}

function toRuntimeServer(prepared: PreparedServer): RuntimeServerResponse {
  const { server, credential, endpoint, args, config, problems } = prepared;
  return {
    id: server.serverId,
    name: server.name,
    display_name: server.displayName,
    transport: server.transport,
    ...(endpoint && { endpoint: endpoint.reveal() }),
    ...(server.command !== null && { command: server.command }),
    ...(args && { args: args.map((value) => value.reveal()) }),
    ...(prepared.env.size > 0 && { env: revealed(prepared.env) }),
    ...(credential && { cred_token: credential.value.reveal(), cred_type: credential.type }),
    ...(credential?.header != null && { cred_header: credential.header }),
    ...(credential?.variable != null && { env_var_name: credential.variable }),
    ...(server.tools && { tools: server.tools }),
    headers: revealed(prepared.headers),
    config: config === null ? null : (JSON.parse(config.reveal()) as Record<string, unknown>),
    ready: problems.length === 0,
    problems: problems.map(toProblem),
  };
}

function revealed(values: PreparedServer['env']): Record<string, string> {
  return Object.fromEntries([...values].map(([name, value]) => [name, value.reveal()]));
}

function toProblem({ code, field, message }: ServerProblem): RuntimeProblemResponse {
  return { code, field, message };
}
