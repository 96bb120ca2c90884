import { ApiProperty } from '@nestjs/swagger';
import { type DigestCheck, digestChecks } from '../plugins.types.js';

/** A plugin was installed. */
export class PluginInstallationResponse {
  /** Always `installed`. */
  @ApiProperty({ type: String, enum: ['installed'] })
  status: 'installed';

  /** Name that it has in the workspace. */
  @ApiProperty({ type: String, maxLength: 128, example: 'review-plugin' })
  plugin: string;

  /** Where it came from, in normal form. */
  @ApiProperty({ type: String, maxLength: 2_048, example: 'github://acme/review-plugin#v1.2.0' })
  source: string;

  /** Its version; empty when it does not say. */
  @ApiProperty({ type: String, maxLength: 128, example: '1.2.0' })
  version: string;

  /**
   * SHA-256 (hex) of all its files. For every file, by path in the order of its bytes: length of the path (8 bytes,
   * big-endian), path, length of the content (8 bytes, big-endian), content.
   */
  @ApiProperty({ type: String, minLength: 64, maxLength: 64, pattern: '^[0-9a-f]{64}$' })
  sha256: string;

  /** What the digest of the request was held against: all files, or `plugin.yaml` alone; null when it had none. */
  @ApiProperty({ type: String, enum: [...digestChecks, null], nullable: true })
  verified: DigestCheck | null;

  /** Bytes of all its files. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, maximum: 2_147_483_647 })
  size_bytes: number;

  /** When it was first installed (RFC 3339, UTC). */
  @ApiProperty({ type: String, format: 'date-time' })
  installed_at: string;

  /** When it was last installed (RFC 3339, UTC). */
  @ApiProperty({ type: String, format: 'date-time' })
  updated_at: string;
}
