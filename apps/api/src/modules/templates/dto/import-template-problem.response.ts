import { ApiProperty } from '@nestjs/swagger';
import { ProblemResponse } from '#http';

/** Why a template was not imported. */
export class ImportTemplateProblemResponse extends ProblemResponse {
  /** With `template.exists`: name of the folder that is there. */
  @ApiProperty({ required: false, maxLength: 255, example: 'my-agent' })
  id?: string;

  /** With `template.unpinned`: the source in its normal form. */
  @ApiProperty({ required: false, maxLength: 600, example: 'github://acme/agent-template' })
  source?: string;

  /** With `template.unknown_scheme`: the schemes that there are. */
  @ApiProperty({ type: [String], required: false, maxItems: 10, items: { type: 'string', maxLength: 50 } })
  available_schemes?: string[];
}
