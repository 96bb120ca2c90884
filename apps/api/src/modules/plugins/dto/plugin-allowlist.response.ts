import { ApiProperty } from '@nestjs/swagger';

/** A plugin that may be installed. */
export class PluginAllowanceResponse {
  /** Its name. */
  @ApiProperty({ type: String, maxLength: 128, example: 'review-plugin' })
  plugin_name: string;

  /** Who answers for it. */
  @ApiProperty({ type: String, maxLength: 255, example: 'security@example.com' })
  enabled_by: string;

  /** Since when (RFC 3339, UTC). */
  @ApiProperty({ type: String, format: 'date-time' })
  enabled_at: string;
}

/** Which plugins may be installed in a workspace and in all below it. */
export class PluginAllowlistResponse {
  /** Id of the workspace. */
  org_id: string;

  /** What may be installed, by name. */
  @ApiProperty({ type: () => [PluginAllowanceResponse], maxItems: 1_000 })
  plugins: PluginAllowanceResponse[];

  /** Whether this list allows everything, since it is empty. Lists of the workspaces above count all the same. */
  @ApiProperty({ type: Boolean })
  allow_all: boolean;
}
