import { z } from 'zod';
import { agentParts } from './bundle-agent.schema.js';
import { bundleLimits } from './bundle-limits-rules.js';
import { filesSchema, runtimeParts, runtimeSchema, settingsSchema } from './bundle-runtime.schema.js';
import { agentBindingSchema, crewIntegrationSchema, integrationSchema, listOf, slug } from './bundle-server.schema.js';

/** What says that a bundle has the parts that the reference's plain one lacks. */
export const bundleFormat = 'crewship.bundle/1' as const;

const skillSchema = z.object({
  id: z.string().min(1).max(255),
  name: z.string().max(255).default(''),
  description: z.string().max(10_000).default(''),
  files: filesSchema.default({}),
});

const workspaceMembers = z.object({
  schema: z.literal('1.0').default('1.0').describe('Version of the members that the reference has too'),
  format: z.literal(bundleFormat).optional().describe('Version of the further members; absent in a plain bundle'),
  id: z.string().max(255).default('').describe('Id of the exported workspace; kept as source_bundle_id'),
  name: z.string().min(1).max(100).describe('Name of the workspace'),
  slug: slug.optional().describe('Slug of the workspace; an import gives another one where it is taken'),
  description: z.string().max(10_000).default('').describe('Role of the workspace'),
  tier: z.int().min(0).max(4).default(1),
  model: z.string().max(255).default(''),
  system_prompt: z
    .string()
    .max(bundleLimits.fileLength)
    .default('')
    .describe('system-prompt.md, else the instructions of the lead agent'),
  skills: listOf(skillSchema).describe('Files below skills/<id>/'),
  tools: z.array(z.json()).max(1_000).default([]).describe('Empty: tools are listed with their servers'),
  prompts: filesSchema.default({}).describe('Files at the top, such as config.yaml'),
  files: filesSchema.default({}).describe('All other files'),
  agent_card: z.json().default(null),
  author: z.string().max(255).default(''),
  version: z.string().max(64).default('1.0.0'),
  settings: settingsSchema.optional(),
  runtime: runtimeSchema.optional(),
  secrets: z
    .array(z.string().max(255))
    .max(2_000)
    .default([])
    .describe(
      'Names of everything that has to be filled in; in a plain one a name that no credential has becomes a credential',
    ),
  ...agentParts,
  integrations: listOf(integrationSchema),
  crew_integrations: listOf(crewIntegrationSchema),
  agent_bindings: listOf(agentBindingSchema),
  ...runtimeParts,
});

/** A workspace of a bundle, with those below it. */
export type Bundle = z.output<typeof workspaceMembers> & { sub_workspaces: Bundle[] };

/** The shape of a bundle. What one part means for another is judged by `findBundleFaults`. */
export const bundleSchema: z.ZodType<Bundle> = workspaceMembers
  .extend({ sub_workspaces: z.lazy(() => z.array(bundleSchema).max(bundleLimits.workspaces).default([])) })
  .meta({ id: 'Bundle' });

/** The JSON Schema (2020-12) of a bundle. Unknown members are ignored by an import. */
export function bundleJsonSchema(id: string): Record<string, unknown> {
  const { $schema, $defs } = z.toJSONSchema(bundleSchema, { io: 'input', target: 'draft-2020-12' });
  const description = 'A tree of workspaces as one file';
  return { $schema, $id: id, title: 'Crewship bundle', description, allOf: [{ $ref: '#/$defs/Bundle' }], $defs };
}
