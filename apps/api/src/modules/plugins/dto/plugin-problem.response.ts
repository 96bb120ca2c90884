import { ApiProperty } from '@nestjs/swagger';
import { ProblemResponse } from '#http';

/** Why a plugin was not installed. */
export class PluginProblemResponse extends ProblemResponse {
  /** The source in normal form, once it was understood. */
  @ApiProperty({ type: String, required: false, maxLength: 2_048, example: 'github://acme/review-plugin' })
  source?: string;

  /** With `plugin.unknown_scheme`: the schemes that there are. */
  @ApiProperty({ type: [String], required: false, maxItems: 16, example: ['github', 'local'] })
  available_schemes?: string[];
}
