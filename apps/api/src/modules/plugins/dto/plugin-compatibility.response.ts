import { ApiProperty } from '@nestjs/swagger';
import { InstalledPluginResponse } from './installed-plugin.response.js';

/** What a change of the runtime would mean for the installed plugins. */
export class PluginCompatibilityResponse {
  /** The runtime that was asked about. */
  @ApiProperty({ type: String, maxLength: 128, example: 'claude-code' })
  target_runtime: string;

  /** Plugins that run on it. */
  @ApiProperty({ type: () => [InstalledPluginResponse], maxItems: 100 })
  compatible: InstalledPluginResponse[];

  /** Plugins that do not. */
  @ApiProperty({ type: () => [InstalledPluginResponse], maxItems: 100 })
  incompatible: InstalledPluginResponse[];

  /** Whether all of them run on it. */
  @ApiProperty({ type: Boolean })
  all_compatible: boolean;
}
