import { ApiProperty } from '@nestjs/swagger';

/** A plugin was uninstalled. */
export class PluginUninstallationResponse {
  /** Always `uninstalled`. */
  @ApiProperty({ type: String, enum: ['uninstalled'] })
  status: 'uninstalled';

  /** Name that it had. */
  @ApiProperty({ type: String, maxLength: 128, example: 'review-plugin' })
  plugin: string;
}
