import { ApiProperty } from '@nestjs/swagger';

const texts = { type: 'object', additionalProperties: { type: 'string', maxLength: 4_096 } } as const;

/** The MCP server of a connector. Texts are templates. */
export class ConnectorServerResponse {
  /** How the server is reached. */
  @ApiProperty({ enum: ['stdio', 'streamable-http'], enumName: 'Transport' })
  transport: 'stdio' | 'streamable-http';

  /** stdio: the executable. */
  command?: string;

  /** stdio: arguments. */
  args?: string[];

  /** stdio: environment variables. */
  @ApiProperty({ ...texts, selfRequired: false })
  env?: Record<string, string>;

  /** streamable-http: URL of the server. */
  endpoint?: string;

  /** streamable-http: HTTP headers. */
  @ApiProperty({ ...texts, selfRequired: false })
  headers?: Record<string, string>;
}

/** One HTTP call that tries the submitted values. */
export class ConnectorHttpVerifyResponse {
  /** Method. */
  @ApiProperty({ enum: ['GET', 'HEAD', 'POST'], enumName: 'VerifyMethod' })
  method: 'GET' | 'HEAD' | 'POST';

  /** URL to call (template). */
  url: string;

  /** Headers to send (templates). */
  @ApiProperty({ ...texts, selfRequired: false })
  headers?: Record<string, string>;

  /** Status that means success. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 100, maximum: 599 })
  expect_status: number;

  /** Top-level member of the JSON answer that must be true. */
  expect_json_field?: string;
}

/** A database that tries the submitted values. */
export class ConnectorSqlVerifyResponse {
  /** Which database. */
  @ApiProperty({ enum: ['postgres'], enumName: 'VerifyDriver' })
  driver: 'postgres';

  /** Connection string (template). */
  dsn: string;
}

/** How submitted values are verified; one of the three. */
export class ConnectorVerifyResponse {
  /** One HTTP call to the provider. */
  http?: ConnectorHttpVerifyResponse;

  /** A connection to a database. */
  sql?: ConnectorSqlVerifyResponse;

  /** A method of the MCP server itself. */
  @ApiProperty({ enum: ['tools/list'], enumName: 'VerifyMcpMethod', required: false })
  mcp_method?: 'tools/list';
}
