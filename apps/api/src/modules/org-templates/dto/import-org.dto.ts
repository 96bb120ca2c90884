import { ApiProperty } from '@nestjs/swagger';
import { IsObject, IsOptional } from 'class-validator';
import { FlagField, TextField } from '#http';

/** An organisation to import: a folder, or a template in the body. */
export class ImportOrgDto {
  /** Folder below `ORG_TEMPLATES_DIR`; goes before `template`. */
  @TextField({ max: 1024, example: 'acme' })
  dir?: string;

  /** A template as org.yaml has it, with a name. It has no files: prompts and memories stand in it. */
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    maxProperties: 200,
    selfRequired: false,
    example: { name: 'Acme', workspaces: [{ name: 'Support', role: 'Answers customers' }] },
  })
  @IsOptional()
  @IsObject({ message: 'template must be an object' })
  template?: Record<string, unknown>;

  /** Import although required environment variables are not set. */
  @FlagField({ default: false })
  force?: boolean;

  /** Importing again with the same key makes nothing, and answers what was made the first time. */
  @TextField({ max: 255, pattern: /^[\x20-\x7e]*$/, example: 'acme-2026-01' })
  import_key?: string;
}
