import { ApiProperty } from '@nestjs/swagger';
import { type ServerProblemCode, serverProblemCodes } from '../../server-access/server-access.types.js';
import { type CredType, credTypes, type Transport, transports } from '../../server-settings/server-settings.types.js';

const strings = { type: 'object', additionalProperties: { type: 'string', maxLength: 1_048_576 } } as const;

/** One thing that keeps a server, or a credential, from being used as it is configured. */
export class RuntimeProblemResponse {
  /**
   * Stable reason. `value_missing`: a reference or sealed value is not there. `credential_unusable`: the attached credential
   * is pending, expired, revoked or deleted. `credentials_withheld`: privileged containers get no secrets in this workspace.
   */
  @ApiProperty({ enum: serverProblemCodes, enumName: 'RuntimeProblemCode' })
  code: ServerProblemCode;

  /** Setting that it is about: `endpoint`, `args.0`, `env.GITHUB_TOKEN`, `headers.Authorization`, `credential_id`. */
  field: string;

  /** What is wrong and what to do, for people. Never holds a value. */
  message: string;
}

/** One MCP server as the agent's runtime starts or calls it, values in place. */
export class RuntimeServerResponse {
  /** Id of the nearest row: the crew's where a crew row defines or overrides the server. */
  id: string;

  /** Name, unique among the agent's servers. */
  name: string;

  /** Name shown to people. */
  display_name: string;

  /** How the server is reached. */
  @ApiProperty({ enum: transports, enumName: 'Transport' })
  transport: Transport;

  /** URL of the server. Absent without one, or when a value in it is missing. */
  @ApiProperty({ maxLength: 1_048_576 })
  endpoint?: string;

  /** Executable to start, without a shell. */
  command?: string;

  /** Arguments of the command. Absent without any, or when a value in one of them is missing. */
  @ApiProperty({ type: [String], required: false, maxItems: 32_768 })
  args?: string[];

  /** Environment variables, a stdio server's credential included. Variables whose value is missing are left out. */
  @ApiProperty(strings)
  env?: Record<string, string>;

  /** Value of the attached credential, for runtimes that put it in place themselves. It is in `headers` or `env` already. */
  cred_token?: string;

  /** How the credential travels. */
  @ApiProperty({ enum: credTypes, enumName: 'CredType', required: false })
  cred_type?: CredType;

  /** Header of the credential for `api_key`; `X-API-Key` when absent. */
  cred_header?: string;

  /** Variable of the credential. Only for stdio. */
  env_var_name?: string;

  /** Names of the offered tools, sorted. Absent when nothing is known of the server's tools; empty when none is offered. */
  @ApiProperty({ type: [String], required: false, maxItems: 100_000 })
  tools?: string[];

  /** HTTP headers, ready to send, the credential's included. Headers whose value is missing are left out. Empty for stdio. */
  @ApiProperty(strings)
  headers: Record<string, string>;

  /** Settings merged from all levels, values in place; null without any, or when a value in them is missing. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  config: Record<string, unknown> | null;

  /** Whether the server can be used. False exactly when there are problems. */
  ready: boolean;

  /** What is wrong with it. */
  @ApiProperty({ type: () => [RuntimeProblemResponse], maxItems: 100_000 })
  problems: RuntimeProblemResponse[];
}
