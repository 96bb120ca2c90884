import { z } from 'zod';
import { credTypes, transports, visibilities } from '../server-settings/server-settings.types.js';
import { bundleLimits } from './bundle-limits-rules.js';

/** A text of at most `max` characters, or null; null unless given. */
export const optionalText = (max: number) => z.string().max(max).nullable().default(null);

/** A list of at most so many entries as one workspace may have; empty unless given. */
export const listOf = <T extends z.ZodType>(item: T) => z.array(item).max(bundleLimits.perWorkspace).default([]);

/** The slug of a workspace, crew or agent. */
export const slug = z
  .string()
  .min(2)
  .max(50)
  .regex(/^[a-z0-9][a-z0-9_-]*$/, 'must be lower case letters, digits, - and _');

/** The name of something that others refer to. */
export const name = z.string().min(1).max(255);

const json = optionalText(65_536);

/** How a server's credential is sent. */
export const credentialUse = {
  credential: optionalText(255).describe('Name of a credential of this workspace'),
  cred_header: optionalText(255),
  env_var_name: optionalText(255),
};

const toolSchema = z
  .object({
    name: z.string().min(1).max(255),
    description: optionalText(65_536),
    title: optionalText(1_024),
    enabled: z.boolean().default(true),
    schema_hash: optionalText(128),
    restore_when_listed: z.boolean().default(false),
  })
  .describe('Whether one tool of the server is offered');

const serverMembers = {
  name,
  endpoint: optionalText(2_048),
  command: optionalText(1_024),
  args_json: json,
  env_json: json.describe('Secrets stand here as {{credential:name}}'),
  config_json: json.describe('Secrets stand here as {{credential:name}}'),
  icon: optionalText(255),
  enabled: z.boolean().default(true),
  ...credentialUse,
  cred_type: z.enum(credTypes).nullable().default(null),
  origin: z.string().max(64).default('custom'),
  origin_ref: optionalText(512),
  tools: listOf(toolSchema),
};

/** An MCP server of the workspace. */
export const integrationSchema = z
  .object({
    ...serverMembers,
    display_name: optionalText(255),
    transport: z.enum(transports).default('streamable-http'),
    locked: z.boolean().default(false),
    visibility: z.enum(visibilities).default('auto'),
  })
  .describe('An MCP server of the workspace');

/** An MCP server of a crew, or its override of a workspace one. */
export const crewIntegrationSchema = z
  .object({
    ...serverMembers,
    crew: slug.describe('Slug of the crew'),
    overrides: optionalText(255).describe('Name of the workspace server that it overrides'),
    display_name: optionalText(255),
    transport: z.enum(transports).nullable().default(null),
    visibility: z.enum(visibilities).nullable().default(null),
  })
  .describe('An MCP server of a crew, or its override of a workspace one');

/** What one agent says of one server. */
export const agentBindingSchema = z
  .object({
    agent: slug.describe('Slug of the agent'),
    server: z
      .object({ level: z.enum(['workspace', 'crew']), name })
      .describe('A crew server is one of the agent’s crew'),
    ...credentialUse,
    cred_type: z.enum(credTypes).default('bearer'),
    enabled: z.boolean().default(true),
    config_override_json: json,
  })
  .describe('What one agent says of one server');
