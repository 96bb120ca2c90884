import { ApiProperty } from '@nestjs/swagger';
import { type AuthType, authTypes, type ConsoleTransport, consoleTransports } from '../console.types.js';
import { ConsoleSuccessResponse } from './console-success.response.js';

/** Settings of an MCP server. What is sent to it as `auth_config` is never shown. */
export class McpServerConfigResponse {
  /** Name as it was given; several may have the same. */
  @ApiProperty({ type: String, maxLength: 255, example: 'mrguild.com' })
  name: string;

  /** Address of the server. */
  @ApiProperty({ type: String, maxLength: 2_048, example: 'https://mrguild.com/api/mcp' })
  server_url: string;

  /** Which of the two HTTP transports of MCP it speaks. */
  @ApiProperty({ enum: consoleTransports, enumName: 'ConsoleTransport' })
  transport: ConsoleTransport;

  /** How it is told who calls. */
  @ApiProperty({ enum: authTypes, enumName: 'ConsoleAuthType' })
  auth_type: AuthType;
}

/** An MCP server of an agent. */
export class McpServerIntegrationResponse {
  /** Id of the integration. */
  id: string;

  /** Its settings. */
  config: McpServerConfigResponse;
}

/** One MCP server of an agent. */
export class McpServerEnvelopeResponse extends ConsoleSuccessResponse {
  /** The integration. */
  data: McpServerIntegrationResponse;
}

/** The MCP servers of an agent. */
export class McpServerListEnvelopeResponse extends ConsoleSuccessResponse {
  /** Newest first. */
  @ApiProperty({ type: () => [McpServerIntegrationResponse] })
  data: McpServerIntegrationResponse[];
}

/** What a connection test found. */
export class McpServerTestResponse {
  /** Whether the server can be used: it opened a session and listed its tools. */
  success: boolean;

  /** What was found. */
  @ApiProperty({ type: String, maxLength: 1_000, example: 'Connected' })
  message: string;

  /** What went wrong after the session was opened; absent on success. */
  @ApiProperty({ type: String, required: false, maxLength: 4_000 })
  error?: string;

  /** How many tools the server lists; absent when it could not. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, required: false, example: 3 })
  tools_count?: number;
}

/** What a connection test found. */
export class McpServerTestEnvelopeResponse extends ConsoleSuccessResponse {
  /** The finding. */
  data: McpServerTestResponse;
}

/** What a discovery changed. */
export class DiscoveredToolsResponse {
  /** Tools that the server lists. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, example: 3 })
  discovered: number;

  /** Tools that were recorded for the first time. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, example: 2 })
  created: number;

  /** Recorded tools whose title, description or input changed, or that came back. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, example: 1 })
  updated: number;

  /** Recorded tools that the server no longer lists; counted once, when it first does not. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, example: 0 })
  disabled: number;
}

/** What a discovery changed. */
export class DiscoveredToolsEnvelopeResponse extends ConsoleSuccessResponse {
  /** The numbers. */
  data: DiscoveredToolsResponse;
}

/** A tool of an MCP server. */
export class McpToolResponse {
  /** Id of the tool, for `actions/enable` and `actions/disable`. */
  id: string;

  /** Name by which it is called. */
  @ApiProperty({ type: String, maxLength: 128, example: 'create_issue' })
  action_name: string;

  /** Name for people. */
  @ApiProperty({ type: String, maxLength: 255, example: 'Create issue' })
  name: string;

  /** What the server says it does. */
  @ApiProperty({ type: String, nullable: true, maxLength: 1_000 })
  description: string | null;

  /** Always `mcp`. */
  @ApiProperty({ type: String, enum: ['mcp'] })
  category: string;

  /** Whether the agent is offered it. A tool that its server no longer lists is not. */
  is_enabled: boolean;
}

/** The tools of an MCP server. */
export class McpToolListEnvelopeResponse extends ConsoleSuccessResponse {
  /** By name. */
  @ApiProperty({ type: () => [McpToolResponse] })
  data: McpToolResponse[];
}
