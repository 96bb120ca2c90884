import { z } from 'zod';
import { bundleLimits } from './bundle-limits-rules.js';
import { listOf, name, optionalText, slug } from './bundle-server.schema.js';

const agent = slug.nullable().default(null).describe('Slug of an agent; null for the workspace’s lead agent');

/** Settings of the workspace itself. */
export const settingsSchema = z
  .object({
    preferred_language: optionalText(64),
    allow_privileged_credentials: z.boolean().default(false),
    run_retention_days: z.int().min(1).max(100_000).nullable().default(null),
    credential_audit_retention_days: z.int().min(1).max(100_000).nullable().default(null),
    audit_log_retention_days: z.int().min(1).max(100_000).nullable().default(null),
    integration_limit: z.int().min(0).max(1_000_000).nullable().default(null),
  })
  .describe('Settings of the workspace');

/** What the workspace is as a running agent. */
export const runtimeSchema = z
  .object({
    runtime: z.string().min(1).max(100).default('langgraph'),
    max_concurrent_tasks: z.int().min(1).max(1_000).default(1),
    config: z.record(z.string().max(255), z.json()).default({}),
  })
  .describe('What the workspace is as a running agent');

/** A schedule. */
export const scheduleSchema = z
  .object({
    name: z.string().max(255),
    agent,
    cron_expr: z.string().min(1).max(512).describe('An import takes `expression` too'),
    timezone: z.string().min(1).max(100).default('UTC'),
    prompt: z.string().max(262_144),
    enabled: z.boolean().default(true),
  })
  .describe('A prompt that is sent again and again');

/** A chat channel without its secrets. */
export const channelSchema = z
  .object({
    channel_type: z.string().min(1).max(64).describe('An import takes `type` too'),
    agent,
    config: z.record(z.string().max(255), z.json()).default({}).describe('What is not secret'),
    secrets: z.array(z.string().max(255)).max(32).default([]).describe('Names of the sensitive fields that were set'),
    enabled: z.boolean().default(true),
    allowed_users: z.array(z.string().max(255)).max(1_000).default([]),
    channel_budget: z.int().min(0).max(2_147_483_647).nullable().default(null),
    budget_period: z.enum(['day', 'month']).nullable().default(null),
    values: z.record(z.string().max(255), z.string().max(8_192)).optional().describe('Only in an encrypted bundle'),
  })
  .describe('A chat channel; its secrets are named, never shown');

/** A memory. */
export const memorySchema = z
  .object({
    content: z.string().min(1).max(100_000),
    scope: z.enum(['LOCAL', 'TEAM', 'GLOBAL']).default('LOCAL'),
    namespace: z.string().min(1).max(255).default('general'),
  })
  .describe('Something that the workspace remembers');

/** A plugin by source and pin. */
export const pluginSchema = z
  .object({
    name,
    source: z.string().min(1).max(1_024),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')
      .describe('Digest of the whole tree'),
  })
  .describe('A plugin by its source and pin');

/** Where deliveries are posted to. */
export const deliveryEndpointSchema = z
  .object({
    agent,
    url: z.string().min(1).max(2_048),
    protocol: z.enum(['event', 'a2a']).default('event'),
    event_types: z.array(z.string().max(64)).max(100).default([]),
  })
  .describe('Where deliveries are posted to; the key of the signatures is made anew');

/** The parts of a workspace that the features of seed 004 keep. */
export const runtimeParts = {
  schedules: listOf(scheduleSchema),
  channels: listOf(channelSchema),
  memories: z.array(memorySchema).max(10_000).default([]),
  plugins: listOf(pluginSchema),
  delivery_endpoints: listOf(deliveryEndpointSchema),
};

/** Text files by path. */
export const filesSchema = z.record(z.string().min(1).max(1_024), z.string().max(bundleLimits.fileLength));
