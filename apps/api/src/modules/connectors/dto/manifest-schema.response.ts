import { ApiProperty } from '@nestjs/swagger';

/** The JSON Schema of a manifest file. */
export class ManifestSchemaResponse {
  /** Dialect: JSON Schema 2020-12. */
  @ApiProperty({ format: 'uri' })
  $schema: string;

  /** Where this schema is published. */
  @ApiProperty({ format: 'uri' })
  $id: string;

  /** What it describes. */
  title: string;

  /** The same in a sentence. */
  description: string;

  /** Always `object`. */
  type: string;

  /** Schemas of the members. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  properties: Record<string, unknown>;

  /** Members that must be there. */
  required: string[];

  /** Always false: other members are refused. */
  @ApiProperty({ type: Boolean, enum: [false] })
  additionalProperties: false;
}
