import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsDefined, IsOptional, ValidateNested } from 'class-validator';
import { ChoiceField, IdField, TextField } from '#http';
import {
  PreviewBindingFieldsDto,
  PreviewServerFieldsDto,
  PreviewToolFieldsDto,
  previewOperations,
} from './preview-changes.dto.js';
import { serverScopes } from './resolved-integration.response.js';

type PreviewOperation = (typeof previewOperations)[number];

/** What changes of rows have in common. */
class RowPreviewDto {
  /** Set fields, or take the row away. */
  @ChoiceField(previewOperations, { required: true, enumName: 'PreviewOperation' })
  op: PreviewOperation;

  /** Id of the row; an id that begins with `new-` makes one. */
  @IdField({ required: true })
  id: string;
}

/** What changes of servers have in common. */
class ServerPreviewDto extends RowPreviewDto {
  /** What to set. */
  @ApiProperty({ type: () => PreviewServerFieldsDto, required: false })
  @IsOptional()
  @ValidateNested()
  @Type(() => PreviewServerFieldsDto)
  fields?: PreviewServerFieldsDto;
}

/** A change of a workspace server. */
export class WorkspaceIntegrationPreviewDto extends ServerPreviewDto {
  /** What is changed. */
  @ChoiceField(['workspace_integration'], { required: true, enumName: 'WorkspaceIntegrationPreviewTarget' })
  target: 'workspace_integration';
}

/** A change of a server of the agent's crew. */
export class CrewIntegrationPreviewDto extends ServerPreviewDto {
  /** What is changed. */
  @ChoiceField(['crew_integration'], { required: true, enumName: 'CrewIntegrationPreviewTarget' })
  target: 'crew_integration';
}

/** A change of one of the agent's bindings. */
export class AgentBindingPreviewDto extends RowPreviewDto {
  /** What is changed. */
  @ChoiceField(['agent_binding'], { required: true, enumName: 'AgentBindingPreviewTarget' })
  target: 'agent_binding';

  /** What to set. */
  @ApiProperty({ type: () => PreviewBindingFieldsDto, required: false })
  @IsOptional()
  @ValidateNested()
  @Type(() => PreviewBindingFieldsDto)
  fields?: PreviewBindingFieldsDto;
}

/** A change of a recorded tool. */
export class ToolPreviewDto {
  /** What is changed. */
  @ChoiceField(['tool'], { required: true, enumName: 'ToolPreviewTarget' })
  target: 'tool';

  /** Set fields, or take the row away. */
  @ChoiceField(previewOperations, { required: true, enumName: 'PreviewOperation' })
  op: PreviewOperation;

  /** Level of the tool's server. */
  @ChoiceField(serverScopes, { required: true, enumName: 'ServerScope' })
  scope: 'workspace' | 'crew';

  /** Id of the tool's server. */
  @IdField({ required: true })
  server_id: string;

  /** Name of the tool. */
  @TextField({ required: true, max: 255 })
  name: string;

  /** What to set. */
  @ApiProperty({ type: () => PreviewToolFieldsDto, required: false })
  @IsOptional()
  @ValidateNested()
  @Type(() => PreviewToolFieldsDto)
  fields?: PreviewToolFieldsDto;
}

const kinds = {
  workspace_integration: WorkspaceIntegrationPreviewDto,
  crew_integration: CrewIntegrationPreviewDto,
  agent_binding: AgentBindingPreviewDto,
  tool: ToolPreviewDto,
} as const;

/** One change that is tried out without being saved. */
export type PreviewChangeDto = InstanceType<(typeof kinds)[keyof typeof kinds]>;

/** Changes that are tried out, in this order. Nothing is saved. */
@ApiExtraModels(...Object.values(kinds))
export class PreviewResolutionDto {
  /** The changes. */
  @ApiProperty({
    type: 'array',
    maxItems: 100,
    items: {
      oneOf: Object.values(kinds).map((kind) => ({ $ref: getSchemaPath(kind) })),
      discriminator: {
        propertyName: 'target',
        mapping: Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, getSchemaPath(kind)])),
      },
    },
    example: [
      { target: 'workspace_integration', op: 'upsert', id: 'cmhq3v1x0a1b2c3d4e5f6g7h8', fields: { enabled: false } },
    ],
  })
  @IsDefined({ message: 'changes is required' })
  @IsArray({ message: 'changes must be an array of changes' })
  @ArrayMaxSize(100, { message: 'changes must have at most 100 entries' })
  @ValidateNested({ each: true })
  @Type(() => UnknownPreviewDto, {
    discriminator: {
      property: 'target',
      subTypes: Object.entries(kinds).map(([name, value]) => ({ name, value })),
    },
    keepDiscriminatorProperty: true,
  })
  changes: PreviewChangeDto[];
}

/** A change whose `target` is none of the known ones; its own rule says so. */
class UnknownPreviewDto {
  @ChoiceField(Object.keys(kinds), { required: true, enumName: 'PreviewTarget' })
  target: string;
}
