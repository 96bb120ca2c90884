import { ChoiceField, ObjectField, TextField } from '#http';
import { type AuthType, authTypes, type ConsoleTransport, consoleTransports } from '../console.types.js';
import { AuthConfigDto } from './auth-config.dto.js';

/** A new MCP server of an agent (seed 002). */
export class ConfigureMcpServerDto {
  /** Name to know it by. Several integrations may have the same. */
  @TextField({ required: true, max: 255, example: 'mrguild.com' })
  name: string;

  /** Address of the server: an https URL without user, fragment or references. Private addresses are refused. */
  @TextField({ required: true, max: 2_048, example: 'https://mrguild.com/api/mcp' })
  server_url: string;

  /** Which of the two HTTP transports of MCP it speaks; `http_sse` is the one of 2024. */
  @ChoiceField(consoleTransports, { enumName: 'ConsoleTransport', default: 'streamable_http', nullable: true })
  transport?: ConsoleTransport | null;

  /** How it is told who calls. */
  @ChoiceField(authTypes, { enumName: 'ConsoleAuthType', default: 'none', nullable: true })
  auth_type?: AuthType | null;

  /** What `auth_type` needs: `bearer` a token, `basic` username and password, `api_key` an api_key, `custom` a header_name and a token. */
  @ObjectField(AuthConfigDto, { nullable: true })
  auth_config?: AuthConfigDto | null;
}
