import { z } from 'zod';
import { fieldSchema, keySchema, templateSchema } from './manifest-field.schema.js';
import { oauthSchema, serverSchema, verifySchema } from './manifest-server.schema.js';

/** How an installation gets its credentials. */
export const authModes = ['pat', 'conn_string', 'mcp_oauth', 'byo_oauth', 'none'] as const;

/** One of {@link authModes}. */
export type AuthMode = (typeof authModes)[number];

const source = z.strictObject({
  fact: z.string().min(1).max(300).describe('What the page says: endpoint, way of authentication, verify URL, scopes'),
  url: z
    .url({ protocol: /^https$/ })
    .max(500)
    .describe('Public page of the vendor that says it'),
});

/** The shape of a manifest. What one member means for another is judged by `parseManifest`. */
export const manifestSchema = z
  .strictObject({
    id: z
      .string()
      .max(64)
      .regex(/^[a-z][a-z0-9_-]*$/, 'must be lower case letters, digits, - and _, letter first')
      .describe('Id in URLs, and the name of the installed server'),
    version: z.int().min(1).default(1).describe('Raised with every change of the manifest'),
    name: z.string().min(1).max(120).describe('Name shown to people'),
    description: z.string().max(500).default('').describe('One sentence'),
    category: z.string().max(64).default('').describe('Group in the catalogue, such as databases'),
    brand: z
      .strictObject({
        logo: z.string().max(64).optional().describe('Key of an icon, not a URL'),
        color: z
          .string()
          .regex(/^#[0-9A-Fa-f]{6}$/, 'must be #RRGGBB')
          .optional()
          .describe('Accent colour'),
      })
      .optional()
      .describe('How it looks'),
    auth_mode: z.enum(authModes).describe('How credentials are collected'),
    fields: z.array(fieldSchema).max(32).optional().describe('The form'),
    oauth: oauthSchema.optional(),
    mcp: serverSchema,
    derived: z
      .record(keySchema, templateSchema)
      .optional()
      .describe('Values made of others, such as a connection string'),
    verify: verifySchema.optional(),
    docs: z
      .strictObject({ setup_md: z.string().min(1).max(8_000).describe('How to get the values, in Markdown') })
      .optional()
      .describe('For people'),
    sources: z.array(source).max(32).optional().describe('Where each fact of the manifest is published'),
  })
  .describe('A connector: what to ask for, how to verify it, and which MCP server to install');

/** A manifest that has passed every check. Empty lists and maps are absent. */
export type Manifest = z.infer<typeof manifestSchema>;

/** The JSON Schema (2020-12) of a manifest file. The document is closed: unknown members are refused. */
export function manifestJsonSchema(id: string): Record<string, unknown> {
  const schema = z.toJSONSchema(manifestSchema, { io: 'input', target: 'draft-2020-12' });
  return { ...schema, $id: id, title: 'Connector manifest' };
}
