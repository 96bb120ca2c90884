import { ApiProperty } from '@nestjs/swagger';
import { Allow } from 'class-validator';
import { IdField, IntegerField, TextField, TextMapField } from '#http';

/** How to install a server of the registry. Everything has a default but the variables that the server requires. */
export class InstallRegistryServerDto {
  /** Crew that gets the server; absent or `""`: the workspace. */
  @IdField({ nullable: true })
  crew_id?: string | null;

  /** Internal name of the integration; unless given, the part of the entry's name after the slash. */
  @TextField({ max: 255, nullable: true, example: 'github-mcp' })
  name?: string | null;

  /** Package to run: its kind (`npm`), or its place in `packages` from 0. */
  @ApiProperty({
    oneOf: [
      { type: 'string', maxLength: 50 },
      { type: 'integer', format: 'int32', minimum: 0, maximum: 19 },
    ],
    required: false,
  })
  @Allow()
  package?: string | number;

  /** Remote to use: its place in `remotes` from 0. Neither given: the best remote, else the first package that works here. */
  @IntegerField({ min: 0, max: 19 })
  remote?: number;

  /**
   * Values by the names of the inputs: environment variables, headers, arguments, variables in braces. Secrets are sealed
   * as credentials; `{{credential:name}}` uses one that is there.
   */
  @TextMapField({ maxMembers: 200, maxLength: 8_192, example: { API_KEY: '{{credential:github-token}}' } })
  variables?: Record<string, string>;
}
