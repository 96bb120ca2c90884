import type { Agent, AgentInContext } from './agents.types.js';
import type { AgentResponse } from './dto/agent.response.js';
import type { CreateAgentDto } from './dto/create-agent.dto.js';
import type { UpdateAgentDto } from './dto/update-agent.dto.js';

/** A stored row as it is answered; `mcpConfig` is the opened blob, already masked. */
export function toAgentResponse(row: AgentInContext, mcpConfig: string | null): AgentResponse {
  return {
    id: row.id,
    crew_id: row.crewId,
    workspace_id: row.workspaceId,
    name: row.name,
    slug: row.slug,
    description: row.description,
    role_title: row.roleTitle,
    agent_role: row.agentRole,
    lead_mode: row.leadMode,
    status: row.status,
    cli_adapter: row.cliAdapter,
    llm_provider: row.llmProvider,
    llm_model: row.llmModel,
    system_prompt: row.systemPrompt,
    avatar_seed: row.avatarSeed,
    avatar_style: row.avatarStyle,
    avatar_url: row.avatarUrl,
    timeout_seconds: row.timeoutSeconds,
    tool_profile: row.toolProfile,
    memory_enabled: row.memoryEnabled,
    cli_tools: row.cliTools,
    ...scheduleOf(row),
    webhook_require_timestamp: row.webhookRequireTimestamp,
    suggested_prompts: row.suggestedPrompts,
    ask_forms: row.askForms,
    ...(mcpConfig !== null && { mcp_config_json: mcpConfig }),
    workflow_id: row.workflowId,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    crew: row.crew && {
      name: row.crew.name,
      slug: row.crew.slug,
      color: row.crew.color,
      avatar_style: row.crew.avatarStyle,
    },
    _count: { skills: 0, credentials: row.credentialCount, chats: 0 },
    ...(row.createdByUserId !== null && { created_by_user_id: row.createdByUserId }),
    ...hireOf(row),
  };
}

function scheduleOf(row: Agent) {
  return {
    schedule_cron: row.scheduleCron,
    schedule_prompt: row.schedulePrompt,
    schedule_enabled: row.scheduleEnabled,
    schedule_last_run: row.scheduleLastRun?.toISOString() ?? null,
    schedule_next_run: row.scheduleNextRun?.toISOString() ?? null,
  };
}

function hireOf(row: Agent) {
  return {
    ephemeral: row.ephemeral,
    expires_at: row.expiresAt?.toISOString() ?? null,
    expired_at: row.expiredAt?.toISOString() ?? null,
    parent_lead_id: row.parentLeadId,
    hire_reason: row.hireReason,
  };
}

/** The plain columns that a body gives. Undefined: not given; null clears a nullable column and is no value for others. */
export function settingsOf(dto: CreateAgentDto | UpdateAgentDto) {
  return {
    name: dto.name ?? undefined,
    slug: dto.slug ?? undefined,
    description: dto.description,
    roleTitle: dto.role_title,
    cliAdapter: dto.cli_adapter ?? undefined,
    llmProvider: dto.llm_provider,
    llmModel: dto.llm_model,
    systemPrompt: dto.system_prompt,
    avatarSeed: dto.avatar_seed,
    avatarStyle: dto.avatar_style,
    avatarUrl: dto.avatar_url,
    timeoutSeconds: dto.timeout_seconds ?? undefined,
    toolProfile: dto.tool_profile ?? undefined,
    memoryEnabled: dto.memory_enabled ?? undefined,
    cliTools: dto.cli_tools,
    suggestedPrompts: dto.suggested_prompts,
    askForms: dto.ask_forms,
    webhookRequireTimestamp: dto.webhook_require_timestamp ?? undefined,
    workflowId: dto.workflow_id?.trim() === '' ? null : dto.workflow_id,
  };
}

/** A new agent before its body is applied. */
export function blankAgent(
  base: Pick<Agent, 'id' | 'workspaceId' | 'name' | 'slug' | 'createdByUserId'>,
  now: Date,
): Agent {
  return {
    ...base,
    crewId: null,
    description: null,
    roleTitle: null,
    agentRole: 'AGENT',
    leadMode: null,
    status: 'IDLE',
    cliAdapter: 'CLAUDE_CODE',
    llmProvider: null,
    llmModel: null,
    systemPrompt: null,
    avatarSeed: null,
    avatarStyle: null,
    avatarUrl: null,
    timeoutSeconds: 1_800,
    toolProfile: 'CODING',
    memoryEnabled: false,
    cliTools: null,
    suggestedPrompts: null,
    askForms: null,
    mcpConfigJson: null,
    scheduleCron: null,
    schedulePrompt: null,
    scheduleEnabled: false,
    scheduleLastRun: null,
    scheduleNextRun: null,
    webhookRequireTimestamp: false,
    ephemeral: false,
    expiresAt: null,
    expiredAt: null,
    parentLeadId: null,
    hireReason: null,
    workflowId: null,
    createdAt: now,
    updatedAt: now,
  };
}
