import { ApiProperty } from '@nestjs/swagger';

/** A plugin, as it describes itself in its `plugin.yaml`. */
export class PluginResponse {
  /** Name of its folder or repository, whatever the plugin calls itself. */
  @ApiProperty({ type: String, maxLength: 128, example: 'review-plugin' })
  name: string;

  /** Its version; empty when it does not say. */
  @ApiProperty({ type: String, maxLength: 128, example: '1.2.0' })
  version: string;

  /** What it is for; empty when it does not say. */
  @ApiProperty({ type: String, maxLength: 4_096, example: 'Reviews pull requests' })
  description: string;

  /** Who made it; empty when it does not say. */
  @ApiProperty({ type: String, maxLength: 256, example: 'Acme' })
  author: string;

  /** Words to find it by. */
  @ApiProperty({ type: [String], maxItems: 100, example: ['review'] })
  tags: string[];

  /** Skills that it brings. */
  @ApiProperty({ type: [String], maxItems: 100, example: ['review-pull-request'] })
  skills: string[];

  /** Runtimes that it is made for; empty: all of them. */
  @ApiProperty({ type: [String], maxItems: 100, example: ['claude-code'] })
  runtimes: string[];
}
