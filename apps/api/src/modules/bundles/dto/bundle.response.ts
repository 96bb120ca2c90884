import { ApiProperty } from '@nestjs/swagger';

const part = { type: 'array' as const, items: { type: 'object' as const, additionalProperties: true } };
const texts = { type: 'object' as const, additionalProperties: { type: 'string' as const } };

/** A workspace as a bundle, with those below it. `GET /api/v1/bundles/schema` describes every member of the parts. */
export class BundleResponse {
  /** Version of the members that every bundle has. */
  @ApiProperty({ enum: ['1.0'], enumName: 'BundleSchemaVersion' })
  schema: '1.0';

  /** Version of the further members. */
  @ApiProperty({ enum: ['crewship.bundle/1'], enumName: 'BundleFormat' })
  format?: 'crewship.bundle/1' | undefined;

  /** Id of the exported workspace. */
  id: string;

  /** Name of the workspace. */
  name: string;

  /** Slug of the workspace. */
  slug?: string | undefined;

  /** Role of the workspace; empty for none. */
  description: string;

  /** How far it is trusted, from 0. */
  tier: number;

  /** Model; empty for none. */
  model: string;

  /** Instructions: `system-prompt.md`, else those of the lead agent. */
  system_prompt: string;

  /** Skills with their files. */
  @ApiProperty(part)
  skills: object[];

  /** Always empty: tools are listed with their servers. */
  @ApiProperty({ type: 'array', items: {} })
  tools: unknown[];

  /** Text files at the top, such as `config.yaml`. */
  @ApiProperty(texts)
  prompts: Record<string, string>;

  /** All other text files by path. */
  @ApiProperty(texts)
  files: Record<string, string>;

  /** The workspaces below it, by name. */
  @ApiProperty({ type: () => [BundleResponse] })
  sub_workspaces: BundleResponse[];

  /** The A2A card of the agent, whatever it is. */
  @ApiProperty({ nullable: true, description: 'The A2A card of the agent; null without one.' })
  agent_card: unknown;

  /** Always empty. */
  author: string;

  /** Always `1.0.0`. */
  version: string;

  /** Settings of the workspace. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  settings?: object | undefined;

  /** What the workspace is as a running agent. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  runtime?: object | undefined;

  /** Names of everything that has to be entered after an import. */
  secrets: string[];

  /** Crews, by slug. */
  @ApiProperty(part)
  crews: object[];

  /** Agents, by slug. */
  @ApiProperty(part)
  agents: object[];

  /** Credentials by name: what they are, never their values. */
  @ApiProperty(part)
  credentials: object[];

  /** Which agents get which credentials. */
  @ApiProperty(part)
  credential_grants: object[];

  /** MCP servers of the workspace with their tools, by name. Those made for Composio apps are left out. */
  @ApiProperty(part)
  integrations: object[];

  /** MCP servers and overrides of crews with their tools. */
  @ApiProperty(part)
  crew_integrations: object[];

  /** What agents say of servers. */
  @ApiProperty(part)
  agent_bindings: object[];

  /** Schedules, by name. */
  @ApiProperty(part)
  schedules: object[];

  /** Chat channels; secrets by name. */
  @ApiProperty(part)
  channels: object[];

  /** Memories, oldest first. */
  @ApiProperty(part)
  memories: object[];

  /** Plugins by source and pin. */
  @ApiProperty(part)
  plugins: object[];

  /** Where deliveries are posted to. */
  @ApiProperty(part)
  delivery_endpoints: object[];
}
