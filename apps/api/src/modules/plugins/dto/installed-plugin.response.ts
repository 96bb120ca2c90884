import { ApiProperty } from '@nestjs/swagger';
import { PluginResponse } from './plugin.response.js';

/** A plugin as it is installed in a workspace. */
export class InstalledPluginResponse extends PluginResponse {
  /** Whether it runs on the runtime in question: the workspace's own, or the one that was asked about. */
  @ApiProperty({ type: Boolean })
  supported_on_runtime: boolean;

  /** Where it came from. */
  @ApiProperty({ type: String, maxLength: 2_048, example: 'github://acme/review-plugin#v1.2.0' })
  source: string;

  /** SHA-256 (hex) of all its files. */
  @ApiProperty({ type: String, minLength: 64, maxLength: 64, pattern: '^[0-9a-f]{64}$' })
  sha256: string;

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
