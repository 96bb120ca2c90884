import { ApiProperty } from '@nestjs/swagger';

/** A model that a template can run with. */
export class TemplateModelResponse {
  /** Name of the model. */
  @ApiProperty({ maxLength: 255 })
  id: string;

  /** Name shown to people. */
  @ApiProperty({ maxLength: 255 })
  name?: string;

  /** Environment variables that it needs. */
  @ApiProperty({ type: [String], maxItems: 200, items: { type: 'string', maxLength: 255 } })
  required_env?: string[];
}

/** A template to make a workspace of. */
export class TemplateResponse {
  /** Name of its folder. */
  @ApiProperty({ maxLength: 255, example: 'my-agent' })
  id: string;

  /** Name shown to people. */
  @ApiProperty({ maxLength: 10_000 })
  name: string;

  /** What it is for. */
  @ApiProperty({ maxLength: 10_000 })
  description: string;

  /** How much it may do, 1 to 4; 0 when it does not say. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, maximum: 100 })
  tier: number;

  /** What runs it; empty when it does not say. */
  @ApiProperty({ maxLength: 100, example: 'langgraph' })
  runtime: string;

  /** Its language model; empty when it does not say. */
  @ApiProperty({ maxLength: 255 })
  model: string;

  /** Models that it can run with instead. Absent when it names none. */
  @ApiProperty({ type: () => [TemplateModelResponse], maxItems: 200, required: false })
  models?: TemplateModelResponse[];

  /** Environment variables that it needs. Absent when it names none. */
  @ApiProperty({ type: [String], maxItems: 200, items: { type: 'string', maxLength: 255 }, required: false })
  required_env?: string[];

  /** Its skills. */
  @ApiProperty({ type: [String], maxItems: 200, items: { type: 'string', maxLength: 255 } })
  skills: string[];

  /** How many skills it has. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, maximum: 200 })
  skill_count: number;

  /** How long it may take to start, in seconds. Absent when it does not say. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, maximum: 2_147_483_647, required: false })
  provision_timeout_seconds?: number;
}

/** A template was imported. */
export class ImportedTemplateResponse {
  /** Always `imported`. */
  @ApiProperty({ enum: ['imported'], enumName: 'ImportedTemplateStatus' })
  status: 'imported';

  /** Name of its folder. */
  @ApiProperty({ maxLength: 255, example: 'my-agent' })
  id: string;

  /** Name shown to people. */
  @ApiProperty({ maxLength: 10_000, example: 'My Agent' })
  name: string;
}
