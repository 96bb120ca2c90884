import { z } from 'zod';
import { templateSchema } from './manifest-field.schema.js';

const headerName = z
  .string()
  .max(128)
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'must be a header name (RFC 9110)');
const variableName = z
  .string()
  .max(128)
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable');
const headers = z.record(headerName, templateSchema);

/** The MCP server that an installation runs or calls. */
export const serverSchema = z
  .strictObject({
    transport: z.enum(['stdio', 'streamable-http']).describe('How the server is reached'),
    command: z
      .string()
      .min(1)
      .max(200)
      .regex(/^[\w./@+-]+$/, 'must be one executable without arguments')
      .optional()
      .describe('stdio: the executable. Never a shell'),
    args: z.array(templateSchema).max(64).optional().describe('stdio: arguments, passed without a shell'),
    env: z.record(variableName, templateSchema).optional().describe('stdio: environment variables'),
    endpoint: templateSchema.optional().describe('streamable-http: URL of the server'),
    headers: headers.optional().describe('streamable-http: HTTP headers'),
  })
  .describe('The MCP server');

/** How the submitted values are tried before an installation. At most one of the three. */
export const verifySchema = z
  .strictObject({
    http: z
      .strictObject({
        method: z.enum(['GET', 'HEAD', 'POST']).default('GET').describe('Method; no body is sent'),
        url: templateSchema.describe('URL to call'),
        headers: headers.optional().describe('Headers to send'),
        expect_status: z.int().min(100).max(599).default(200).describe('Status that means success'),
        expect_json_field: z
          .string()
          .min(1)
          .max(64)
          .optional()
          .describe('Top-level member of the JSON answer that must be true'),
      })
      .optional()
      .describe('One HTTP call to the provider'),
    sql: z
      .strictObject({
        driver: z.enum(['postgres']).describe('Which database'),
        dsn: templateSchema.describe('Connection string'),
      })
      .optional()
      .describe('Connect to a database and run SELECT 1'),
    mcp_method: z.enum(['tools/list']).optional().describe('Ask the MCP server itself'),
  })
  .describe('How values are verified');

/** The OAuth application of `byo_oauth`. */
export const oauthSchema = z
  .strictObject({
    authorization_url: templateSchema.describe('Where the person approves'),
    token_url: templateSchema.describe('Where the code becomes a token'),
    scopes: z
      .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/, 'must be one scope (RFC 6749, section 3.3)'))
      .max(64)
      .optional()
      .describe('Scopes to ask for'),
    pkce: z.boolean().default(true).describe('Whether the provider documents PKCE; S256 is sent in any case'),
    token_auth_method: z
      .enum(['client_secret_basic', 'client_secret_post', 'none'])
      .optional()
      .describe('How the client proves itself at the token endpoint'),
    extra: z
      .record(z.string().regex(/^[a-z][a-z0-9_]{0,63}$/), z.string().max(500))
      .optional()
      .describe('Further parameters of the authorization request'),
    env_var: variableName.optional().describe('stdio: environment variable that carries the access token'),
  })
  .describe('The OAuth application that the person brings');
