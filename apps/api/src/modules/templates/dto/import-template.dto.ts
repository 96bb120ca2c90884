import { ApiProperty } from '@nestjs/swagger';
import { Allow } from 'class-validator';
import { TextField } from '#http';

/** A template to import: `name` and `files`, or a `source`. */
export class ImportTemplateDto {
  /** Name shown to people; the folder's name is made of it. Required with `files`, the repository's name otherwise. */
  @TextField({ max: 200, example: 'My Agent' })
  name?: string;

  /** Text files by relative path: at most 200, 1 MiB each and 10 MiB in all. Without config.yaml one is made. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string', maxLength: 1_048_576 },
    maxProperties: 200,
    selfRequired: false,
    example: { 'system-prompt.md': 'You are a helpful agent.' },
  })
  @Allow()
  files?: Record<string, string>;

  /** A repository on GitHub at a tag or commit, `github://owner/repo#ref`, with a config.yaml at its root. */
  @TextField({ max: 600, example: 'github://acme/agent-template#v1.2.0' })
  source?: string;
}
