import { ApiProperty } from '@nestjs/swagger';

/**
 * A bundle as an export answers it, plain or of this product, or an encrypted one with its key: `encrypted`, and
 * `passphrase` or `identity`. Published only: the body is judged against the schema of `GET /api/v1/bundles/schema`.
 */
export class ImportBundleDto {
  /** Name of the outermost workspace; required unless the bundle is encrypted. */
  @ApiProperty({ required: false, maxLength: 100, example: 'Research' })
  name?: string;

  /** Version of the members that every bundle has. */
  @ApiProperty({ required: false, maxLength: 3, example: '1.0' })
  schema?: string;

  /** An age file, armored or as base64. */
  @ApiProperty({ required: false, maxLength: 26_214_400, writeOnly: true })
  encrypted?: string;

  /** Passphrase of the age file. */
  @ApiProperty({ required: false, maxLength: 1024, writeOnly: true, format: 'password' })
  passphrase?: string;

  /** Identity that the age file is for: `AGE-SECRET-KEY-1…`. */
  @ApiProperty({ required: false, maxLength: 1024, writeOnly: true, format: 'password' })
  identity?: string;
}
