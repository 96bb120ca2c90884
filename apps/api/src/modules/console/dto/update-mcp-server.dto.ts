import { ChoiceField, ObjectField, TextField } from '#http';
import { type AuthType, authTypes, type ConsoleTransport, consoleTransports } from '../console.types.js';
import { AuthConfigDto } from './auth-config.dto.js';

/** A change of an agent's MCP server. Absent members stay. */
export class UpdateMcpServerDto {
  /** Name to know it by. */
  @TextField({ max: 255, example: 'mrguild.com' })
  name?: string;

  /** Address of the server. At another scheme, host or port `auth_config` must be sent again. */
  @TextField({ max: 2_048, min: 1, example: 'https://mrguild.com/api/mcp' })
  server_url?: string;

  /** Which of the two HTTP transports of MCP it speaks. */
  @ChoiceField(consoleTransports, { enumName: 'ConsoleTransport' })
  transport?: ConsoleTransport;

  /** How it is told who calls. Another one than before needs its `auth_config`; `none` forgets the old one. */
  @ChoiceField(authTypes, { enumName: 'ConsoleAuthType' })
  auth_type?: AuthType;

  /** Replaces the whole of it; absent keeps what is stored, null forgets it. */
  @ObjectField(AuthConfigDto, { nullable: true })
  auth_config?: AuthConfigDto | null;
}
