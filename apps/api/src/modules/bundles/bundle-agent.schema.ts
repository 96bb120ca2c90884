import { z } from 'zod';
import { agentRoles, cliAdapters, leadModes, llmProviders, toolProfiles } from '../agents/agents.types.js';
import { credentialScopes, credentialTypes, sensitivities } from '../credentials/credentials.types.js';
import { networkModes } from '../crews/crews.types.js';
import { listOf, name, optionalText, slug } from './bundle-server.schema.js';

const title = z.string().min(2).max(100);
const long = optionalText(65_536);

/** A crew. */
export const crewSchema = z
  .object({
    slug,
    name: title,
    description: optionalText(10_000),
    color: optionalText(64),
    icon: optionalText(255),
    avatar_style: optionalText(255),
    container_memory_mb: z.int().min(0).max(262_144).default(4_096),
    container_cpus: z.number().min(0).max(512).default(2),
    container_ttl_hours: z.int().min(0).max(2_147_483_647).nullable().default(null),
    network_mode: z.enum(networkModes).default('restricted'),
    allowed_domains: z.array(z.string().max(255)).max(500).default([]),
    allow_private_endpoints: z.boolean().default(false),
    mcp_config_json: long,
    escalation_config: long,
    runtime_image: optionalText(1_024),
    devcontainer_config: long,
    mise_config: long,
    services_json: long,
    issue_prefix: optionalText(32),
    max_ephemeral_agents: z.int().min(0).max(10_000).default(10),
  })
  .describe('A crew of the workspace');

/** An agent. */
export const agentSchema = z
  .object({
    slug,
    name: title,
    crew: slug.nullable().default(null).describe('Slug of its crew'),
    description: optionalText(10_000),
    role_title: optionalText(255),
    agent_role: z.enum(agentRoles).default('AGENT'),
    lead_mode: z.enum(leadModes).nullable().default(null),
    cli_adapter: z.enum(cliAdapters).default('CLAUDE_CODE'),
    llm_provider: z.enum(llmProviders).nullable().default(null),
    llm_model: optionalText(255),
    system_prompt: optionalText(262_144),
    avatar_seed: optionalText(255),
    avatar_style: optionalText(255),
    avatar_url: optionalText(2_048),
    timeout_seconds: z.int().min(1).max(604_800).default(1_800),
    tool_profile: z.enum(toolProfiles).default('CODING'),
    memory_enabled: z.boolean().default(false),
    cli_tools: long,
    suggested_prompts: long,
    ask_forms: long,
    mcp_config_json: long.describe('Secrets stand here as {{credential:name}}'),
    webhook_require_timestamp: z.boolean().default(false),
    workflow_id: optionalText(255),
  })
  .describe('An agent of the workspace');

/** A credential: never its value, unless the bundle travels encrypted. */
export const credentialSchema = z
  .object({
    name,
    description: optionalText(10_000),
    type: z.enum(credentialTypes).default('SECRET'),
    provider: z.string().max(100).default('NONE'),
    scope: z.enum(credentialScopes).default('WORKSPACE'),
    crews: z.array(slug).max(100).default([]).describe('Slugs of the crews that it is limited to'),
    username: optionalText(255),
    account_label: optionalText(255),
    account_email: optionalText(320),
    tags: z.array(z.string().min(1).max(32)).max(8).default([]),
    sensitivity: z.enum(sensitivities).default('STANDARD'),
    security_level: z.int().min(1).max(4).default(1),
    provisioned_for_service: optionalText(255),
    oauth_client_id: optionalText(1_024),
    oauth_auth_url: optionalText(2_048),
    oauth_token_url: optionalText(2_048),
    oauth_scopes: optionalText(4_096),
    value: z.string().min(1).max(65_536).optional().describe('Only in an encrypted bundle'),
    oauth_client_secret: z.string().min(1).max(4_096).optional().describe('Only in an encrypted bundle'),
  })
  .describe('A credential by name; its value is only ever in an encrypted bundle');

/** A credential that an agent gets in its environment. */
export const credentialGrantSchema = z
  .object({
    agent: slug,
    credential: name,
    env_var_name: z.string().min(1).max(255),
    priority: z.int().min(-1_000_000).max(1_000_000).default(0),
  })
  .describe('A credential that an agent gets as an environment variable');

/** The parts of a workspace that are about people's settings, crews and agents. */
export const agentParts = {
  crews: listOf(crewSchema),
  agents: listOf(agentSchema),
  credentials: listOf(credentialSchema),
  credential_grants: listOf(credentialGrantSchema),
};
