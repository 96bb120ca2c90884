import { ApiProperty } from '@nestjs/swagger';

/** Where plugins can be installed from. */
export class PluginSourcesResponse {
  /** Schemes of sources, sorted. */
  @ApiProperty({ type: [String], maxItems: 16, example: ['github', 'local'] })
  schemes: string[];
}
