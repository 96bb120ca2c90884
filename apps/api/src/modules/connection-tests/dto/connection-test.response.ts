import { ApiProperty } from '@nestjs/swagger';

/** Outcomes of a connection test. */
export const connectionStatuses = ['ok', 'error', 'auth_required', 'skipped'] as const;

/** Who a server says it is. */
export class ServerInfoResponse {
  /** Name that the server gives itself. */
  name: string;

  /** Version that the server gives itself. */
  version: string;

  /** Title for people, where the server has one. */
  title?: string;
}

/** One tool that the server lists, in the form that `tools/refresh` takes. */
export class TestedToolResponse {
  /** Name of the tool. */
  @ApiProperty({ minLength: 1, maxLength: 128 })
  name: string;

  /** What the server says it does. */
  @ApiProperty({ type: String, maxLength: 1_000, nullable: true })
  description: string | null;
}

/** What a connection test found (seed 000, "Test Workspace Integration"). A failed test is a successful call. */
export class ConnectionTestResponse {
  /** `ok`, `auth_required` (the server wants other credentials) or `error`. `skipped` is reserved. */
  @ApiProperty({ enum: connectionStatuses, enumName: 'ConnectionStatus' })
  status: (typeof connectionStatuses)[number];

  /** What was found, and what to do about it. */
  message?: string;

  /** Who the server says it is. */
  server_info?: ServerInfoResponse;

  /** MCP revision that was agreed on, such as `2025-11-25`. */
  protocol_version?: string;

  /** How many tools the server lists. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, required: false })
  tools_count?: number;

  /** Those tools by name, ready to be recorded with `tools/refresh`. The server's own words, cleaned and shortened. */
  @ApiProperty({ type: () => [TestedToolResponse], maxItems: 2_000, required: false })
  tools?: TestedToolResponse[];

  /** Milliseconds until the verdict; 0 for stdio, which is only checked. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  latency_ms: number;
}
