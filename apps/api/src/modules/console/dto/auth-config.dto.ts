import { TextField } from '#http';

/** What is sent to an MCP server to say who calls. Write-only: no answer ever holds it. */
export class AuthConfigDto {
  /** For `bearer`: sent as `Authorization: Bearer …`. For `custom`: sent as it is in the header `header_name`. */
  @TextField({ max: 4_096, nullable: true, writeOnly: true, format: 'password' })
  token?: string | null;

  /** For `api_key`: sent in the header `header_name`. For `custom`: in the place of `token`. */
  @TextField({ max: 4_096, nullable: true, writeOnly: true, format: 'password' })
  api_key?: string | null;

  /** Header for `api_key` (`X-API-Key` unless given) and `custom` (required). Headers of HTTP itself and `Mcp-*` are refused. */
  @TextField({ max: 255, nullable: true, writeOnly: true })
  header_name?: string | null;

  /** For `basic`; must not contain a colon. */
  @TextField({ max: 1_024, nullable: true, writeOnly: true })
  username?: string | null;

  /** For `basic`. */
  @TextField({ max: 4_096, nullable: true, writeOnly: true, format: 'password' })
  password?: string | null;
}
