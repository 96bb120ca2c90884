import { ApiProperty } from '@nestjs/swagger';
import { ConsoleSuccessResponse } from './console-success.response.js';

/** One thing that can be set about integrations of a family. */
export class ConfigFieldResponse {
  /** Member of the body. */
  @ApiProperty({ type: String, maxLength: 64, example: 'server_url' })
  key: string;

  /** Words for people. */
  @ApiProperty({ type: String, maxLength: 255, example: 'Server URL' })
  label: string;

  /** What kind of value it takes. */
  @ApiProperty({ type: String, enum: ['text', 'url', 'select', 'secret'] })
  type: string;

  /** Whether an integration cannot be made without it. */
  required: boolean;
}

/** A tool of an integration. */
export class IntegrationActionResponse {
  /** Name by which it is called. */
  @ApiProperty({ type: String, maxLength: 128, example: 'create_issue' })
  action_name: string;

  /** Name for people. */
  @ApiProperty({ type: String, maxLength: 255, example: 'Create issue' })
  name: string;

  /** What its server says it does. */
  @ApiProperty({ type: String, nullable: true, maxLength: 1_000 })
  description: string | null;

  /** Kind of tool. */
  @ApiProperty({ type: String, enum: ['mcp'] })
  category: string;

  /** Whether the agent is offered it. */
  is_enabled: boolean;

  /** Whether a person must agree to each call. False for every MCP tool: approvals are asked for by the agent. */
  require_human_approval: boolean;
}

/** An integration of an agent, of any family that the console has. */
export class AgentIntegrationResponse {
  /** Id of the integration. */
  id: string;

  /** Family of the integration. */
  @ApiProperty({ type: String, enum: ['mcp_server'] })
  type: string;

  /** Name of the integration. */
  @ApiProperty({ type: String, maxLength: 255, example: 'mrguild.com' })
  name: string;

  /** `disabled`: switched off for the agent or for everybody. `error`: the last connection failed. */
  @ApiProperty({ enum: ['enabled', 'disabled', 'error'], enumName: 'ConsoleIntegrationStatus' })
  status: 'enabled' | 'disabled' | 'error';

  /** Whether the last test or discovery reached it; false before the first. */
  is_connected: boolean;

  /** What can be set about integrations of this family. */
  @ApiProperty({ type: () => [ConfigFieldResponse], maxItems: 32 })
  config_fields: ConfigFieldResponse[];

  /** Its tools by name, once they were discovered. */
  @ApiProperty({ type: () => [IntegrationActionResponse] })
  actions: IntegrationActionResponse[];
}

/** All integrations of an agent. */
export class AgentIntegrationListEnvelopeResponse extends ConsoleSuccessResponse {
  /** Newest first. */
  @ApiProperty({ type: () => [AgentIntegrationResponse] })
  data: AgentIntegrationResponse[];
}
