import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import { ProblemResponse } from '#http';
import { AnyOfEnvResponse, publishedRequirements } from './org-template.response.js';

/** Required environment variables are not set. */
@ApiExtraModels(AnyOfEnvResponse)
export class MissingEnvProblemResponse extends ProblemResponse {
  /** Those that are not set: names, and groups of which none is. */
  @ApiProperty(publishedRequirements)
  missing_env: (string | AnyOfEnvResponse)[];

  /** All that the template requires. */
  @ApiProperty(publishedRequirements)
  required_env: (string | AnyOfEnvResponse)[];

  /** Name of the template. */
  @ApiProperty({ maxLength: 1024 })
  template: string;

  /** What to do. */
  @ApiProperty({ maxLength: 500 })
  suggestion: string;
}
