import { z } from 'zod';
import type { JsonValue } from '#kernel';

/** Most workspaces of one template. */
export const maxWorkspaces = 200;
/** Most levels of workspaces below each other. */
export const maxWorkspaceDepth = 16;

const maxTextLength = 262_144;

// What PostgreSQL can store: no NUL, no half of a character.
const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine(
      (value) => !value.includes('\0') && Buffer.from(value).toString() === value,
      'must be text without NUL characters',
    );
const word = text(255);
const prompt = text(maxTextLength);

const requirement = z.union([word, z.object({ any_of: z.array(word).min(1).max(100) })]);
const requirements = z.array(requirement).max(500);
const routing = z.record(word, z.array(word).max(100));

const memory = z.object({ content: text(400_000), scope: word.optional(), namespace: text(100).optional() });

const schedule = z.object({
  name: text(200).optional(),
  cron_expr: word.optional(),
  expression: word.optional(),
  timezone: word.optional(),
  prompt: prompt.optional(),
  prompt_file: text(1_024).optional(),
  enabled: z.boolean().optional(),
});

const plainValue = z.union([text(16_384), z.number(), z.boolean()]).transform(String);

const channel = z.object({
  type: word.optional(),
  channel_type: word.optional(),
  config: z.record(word, plainValue).optional(),
  allowed_users: z.array(plainValue).max(1_000).optional(),
  enabled: z.boolean().optional(),
});

const prompts = {
  initial_prompt: prompt.optional(),
  initial_prompt_file: text(1_024).optional(),
  idle_prompt: prompt.optional(),
  idle_prompt_file: text(1_024).optional(),
  idle_interval_seconds: z.int().min(0).max(31_536_000).optional(),
  category_routing: routing.optional(),
  initial_memories: z.array(memory).max(1_000).optional(),
};

const runtime = {
  runtime: text(100).optional(),
  tier: z.int().min(0).max(4).optional(),
  model: word.optional(),
  plugins: z.array(text(512)).max(200).optional(),
};

const oneWorkspace = z.object({
  ...prompts,
  ...runtime,
  name: text(100).refine((name) => name.trim() !== '', 'must not be empty'),
  role: word.optional(),
  template: text(1_024).optional(),
  files_dir: text(1_024).optional(),
  system_prompt: prompt.optional(),
  workspace_dir: text(1_024).optional(),
  workspace_access: z.enum(['none', 'read_only', 'read_write']).optional(),
  max_concurrent_tasks: z.int().max(1_000).optional(),
  schedules: z.array(schedule).max(100).optional(),
  channels: z.array(channel).max(20).optional(),
  external: z.boolean().optional(),
  url: text(2_048).optional(),
  canvas: z.object({ x: z.number().optional(), y: z.number().optional() }).optional(),
  required_env: requirements.optional(),
  recommended_env: requirements.optional(),
});

/** One workspace of a template, with those below it. */
export type OrgWorkspace = z.infer<typeof oneWorkspace> & { children?: OrgWorkspace[] | undefined };

const workspace: z.ZodType<OrgWorkspace> = oneWorkspace.extend({
  children: z.lazy(() => z.array(workspace).max(maxWorkspaces)).optional(),
});

const schema = z.object({
  name: text(100).optional(),
  description: text(10_000).optional(),
  defaults: z.object({ ...prompts, ...runtime }).optional(),
  workspaces: z.array(workspace).max(maxWorkspaces).optional(),
  global_memories: z.array(memory).max(1_000).optional(),
  required_env: requirements.optional(),
  recommended_env: requirements.optional(),
});

/** An organisation as org.yaml describes it. Members that are not looked at may be anything. */
export type OrgTemplate = z.infer<typeof schema>;
/** What holds for every workspace that says nothing else. */
export type OrgDefaults = NonNullable<OrgTemplate['defaults']>;
/** An environment variable that is needed, or a group of which one is. */
export type EnvRequirement = z.infer<typeof requirement>;
/** A memory that a template brings. */
export type OrgMemory = z.infer<typeof memory>;
/** A schedule that a template brings. */
export type OrgSchedule = z.infer<typeof schedule>;
/** A channel that a template brings. */
export type OrgChannel = z.infer<typeof channel>;

/** One thing that is wrong with a template. */
export interface OrgFault {
  /** Member, dots between levels; empty for the template as a whole. */
  path: string;
  /** What is wrong; never a value. */
  message: string;
}

/** A template, or what is wrong with it. */
export type OrgReading = { ok: true; template: OrgTemplate } | { ok: false; faults: OrgFault[] };

/** Reads a template from what YAML or JSON said. Too many or too deep workspaces are found before anything else is looked at. */
export function readOrgTemplate(value: unknown): OrgReading {
  const plain = plainOf(value);
  const size = sizeFault(plain);
  if (size !== null) return { ok: false, faults: [{ path: 'workspaces', message: size }] };
  const parsed = schema.safeParse(plain);
  if (parsed.success) return { ok: true, template: parsed.data };
  const faults = parsed.error.issues.slice(0, 20).map((issue) => {
    return { path: issue.path.join('.'), message: issue.code === 'invalid_union' ? 'has a wrong form' : issue.message };
  });
  return { ok: false, faults };
}

function sizeFault(template: JsonValue | undefined): string | null {
  let level = childrenOf(template, 'workspaces');
  let count = 0;
  for (let depth = 1; level.length > 0; depth += 1) {
    count += level.length;
    if (depth > maxWorkspaceDepth) return `must not be more than ${maxWorkspaceDepth} levels deep`;
    if (count > maxWorkspaces) return `must not be more than ${maxWorkspaces} in all`;
    level = level.flatMap((each) => childrenOf(each, 'children'));
  }
  return null;
}

function childrenOf(value: JsonValue | undefined, member: string): JsonValue[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const children = value[member];
  return Array.isArray(children) ? children : [];
}

// A member that says nothing is absent, and the ids of platforms, which are longer than a number may be, are texts.
function plainOf(value: unknown): JsonValue | undefined {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(plainOf).filter((item) => item !== undefined);
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value).map(([key, item]) => [key, plainOf(item)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, JsonValue] => entry[1] !== undefined));
}
