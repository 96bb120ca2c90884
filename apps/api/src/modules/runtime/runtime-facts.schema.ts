import { z } from 'zod';

const text = z.string().nullable();
const instant = z
  .number()
  .nullable()
  .transform((ms) => (ms === null ? null : new Date(ms)));

const grant = z.object({
  credentialId: z.string(),
  credentialName: z.string(),
  credentialType: z.string(),
  /** Null for a credential of the crew, which goes by its own name. */
  envVarName: text,
  priority: z.number(),
  expiresAtMs: instant,
});

const member = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  agentRole: z.string(),
  roleTitle: text,
  status: z.string(),
});

const crew = z.object({
  id: z.string(),
  slug: z.string(),
  networkMode: z.string(),
  allowedDomains: z.array(z.string()),
  allowPrivateEndpoints: z.boolean(),
  memoryMb: z.number(),
  cpus: z.number(),
  ttlHours: z.number().nullable(),
  runtimeImage: text,
  devcontainerConfig: text,
  miseConfig: text,
  servicesJson: text,
  members: z.array(member),
});

/** What the one statement answers of an agent. */
export const runtimeFacts = z.object({
  agentId: z.string(),
  agentSlug: z.string(),
  agentRole: z.string(),
  status: z.string(),
  cliAdapter: z.string(),
  llmProvider: text,
  llmModel: text,
  systemPrompt: text,
  toolProfile: z.string(),
  timeoutSeconds: z.number(),
  memoryEnabled: z.boolean(),
  sealedBlob: text,
  workspaceId: z.string(),
  preferredLanguage: text,
  allowPrivilegedCredentials: z.boolean(),
  crew: crew.nullable(),
  grants: z.array(grant),
});

/** An agent, its crew and workspace as a run needs them, and the credentials that it gets for itself. */
export type RuntimeFacts = z.infer<typeof runtimeFacts>;
