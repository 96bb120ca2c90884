import { type Json, type SchemaNode, typesOf } from './document-nodes.js';

const id = 'cmhq3v1x0a1b2c3d4e5f6g7h8';
const instant = '2026-11-21T09:30:00.000Z';

const byFormat: Readonly<Record<string, string>> = {
  'date-time': instant,
  date: '2026-11-21',
  email: 'ada@example.com',
  uri: 'https://mcp.example.com/mcp',
  'uri-reference': '/api/v1/integrations',
  password: 'correct horse battery staple',
  ipv4: '192.0.2.10',
};

const byName: Readonly<Record<string, string>> = {
  name: 'github-mcp',
  display_name: 'GitHub MCP Server',
  slug: 'research',
  email: 'ada@example.com',
  message: 'A sentence for people: what is so, and what to do.',
  reason: 'The reason in plain words.',
  code: 'unknown_credential',
  token: 'crewship_cli_example',
  cli_token: 'crewship_cli_example',
  field: 'env_json',
  tool: 'create_issue',
  tool_name: 'create_issue',
  credential_name: 'github-token',
  endpoint: 'https://mcp.example.com/mcp',
  ip: '192.0.2.10',
  url: 'https://crewship.example.com',
  version: '0.1.0',
  auth_url: 'https://auth.example.com/authorize',
  token_url: 'https://auth.example.com/token',
  registration_endpoint: 'https://auth.example.com/register',
  issuer: 'https://auth.example.com',
  scopes: 'issues:read issues:write',
  default_scopes: 'read',
  redirect_uri: 'https://crewship.example.com/api/v1/oauth/callback',
};

/** A value that fits the schema of a string, number or flag, in the words of its member where they are known. */
export function sampleOf(schema: SchemaNode, name: string): Json {
  const [type] = typesOf(schema);
  if (isUnknownNullable(schema, name)) return null;
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return sampleNumber(schema);
  return sampleText(schema, name);
}

// A nullable member that has no words of its own says most when it is null.
function isUnknownNullable(schema: SchemaNode, name: string): boolean {
  return Array.isArray(schema.type) && schema.type.includes('null') && byName[name] === undefined && !isIdName(name);
}

/** Whether a member of this name holds the id of a row. */
export function isIdName(name: string): boolean {
  return /(^|_)id$|Id$/.test(name);
}

function sampleNumber({ minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: SchemaNode): number {
  return Math.min(Math.max(1, minimum), maximum);
}

function sampleText(schema: SchemaNode, name: string): string {
  const candidates = [
    byName[name],
    byFormat[schema.format ?? ''],
    isIdName(name) ? id : undefined,
    name.replaceAll('_', '-'),
    id,
    'A',
    'a',
    '0',
    ...[32, 40, 64].map((length) => '0'.repeat(length)),
  ];
  return candidates.find((candidate) => candidate !== undefined && fits(candidate, schema)) ?? '';
}

function fits(text: string, { pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY }: SchemaNode): boolean {
  if (text.length < minLength || text.length > maxLength) return false;
  return pattern === undefined || new RegExp(pattern, 'u').test(text);
}
