import { ApiExtraModels, ApiProperty, type ApiPropertyOptions, getSchemaPath } from '@nestjs/swagger';

const variable = { type: 'string', maxLength: 128 } as const;

/** A group of environment variables of which one is needed. */
export class AnyOfEnvResponse {
  /** Their names. */
  @ApiProperty({ type: [String], minItems: 1, maxItems: 100, items: variable })
  any_of: string[];
}

/** How requirements are published. */
export const publishedRequirements: ApiPropertyOptions = {
  type: 'array',
  maxItems: 100_000,
  items: { oneOf: [variable, { $ref: getSchemaPath(AnyOfEnvResponse) }] },
};

/** A template to make an organisation of. */
@ApiExtraModels(AnyOfEnvResponse)
export class OrgTemplateResponse {
  /** Name of its folder. */
  @ApiProperty({ maxLength: 255, example: 'acme' })
  dir: string;

  /** Name shown to people. */
  @ApiProperty({ maxLength: 100 })
  name: string;

  /** What it is for. */
  @ApiProperty({ maxLength: 10_000 })
  description: string;

  /** How many workspaces it makes. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, maximum: 200 })
  workspaces: number;

  /** Environment variables that must be set as secrets of the instance: names, and groups of which one is enough. */
  @ApiProperty(publishedRequirements)
  required_env: (string | AnyOfEnvResponse)[];

  /** The same for those that it can do without. */
  @ApiProperty(publishedRequirements)
  recommended_env: (string | AnyOfEnvResponse)[];
}
