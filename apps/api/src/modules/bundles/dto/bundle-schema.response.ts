import { ApiProperty } from '@nestjs/swagger';

/** The JSON Schema of a bundle. */
export class BundleSchemaResponse {
  /** Dialect: JSON Schema 2020-12. */
  @ApiProperty({ format: 'uri' })
  $schema: string;

  /** Where this schema is published. */
  @ApiProperty({ format: 'uri', example: 'https://crewship.example.com/api/v1/bundles/schema' })
  $id: string;

  /** What it describes. */
  title: string;

  /** The same in a sentence. */
  description: string;

  /** The outermost workspace: a reference into the definitions. */
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  allOf: object[];

  /** What a workspace is. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  $defs: Record<string, unknown>;
}
