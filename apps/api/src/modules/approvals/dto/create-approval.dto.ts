import { ApiProperty } from '@nestjs/swagger';
import { IsObject, IsOptional, ValidateBy } from 'class-validator';
import { BodySentence, IdField, IntegerField, TextField } from '#http';

function IsListOrObject(): PropertyDecorator {
  return ValidateBy({
    name: 'listOrObject',
    validator: {
      validate: (value) => typeof value === 'object' && value !== null,
      defaultMessage: () => 'options must be an array or an object',
    },
  });
}

/** Something that an agent wants to do. */
@BodySentence('invalid request body')
export class CreateApprovalDto {
  /** What it wants to do, in words for the person who decides. */
  @TextField({ required: true, max: 2_000, message: 'invalid request body', example: 'Delete the staging database' })
  action: string;

  /** Why. */
  @TextField({ max: 8_000, nullable: true, example: 'It has not been used for 90 days' })
  reason?: string | null;

  /** What it belongs to, in the agent's own terms. */
  @TextField({ max: 255, nullable: true, example: 'task-42' })
  task_id?: string | null;

  /** The agent that asks. */
  @IdField({ nullable: true })
  agent_id?: string | null;

  /** Facts for the decision: at most 32 KiB of JSON, 16 levels deep. */
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    maxProperties: 1_000,
    nullable: true,
    selfRequired: false,
    example: { database: 'staging' },
  })
  @IsOptional()
  @IsObject({ message: 'context must be an object' })
  context?: object | null;

  /** Further members of `context`; those of `context` itself win. */
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    maxProperties: 1_000,
    nullable: true,
    selfRequired: false,
    example: { ticket: 'OPS-7' },
  })
  @IsOptional()
  @IsObject({ message: 'metadata must be an object' })
  metadata?: object | null;

  /** What there is to choose from: becomes `context.options`. */
  @ApiProperty({
    oneOf: [
      { type: 'object', additionalProperties: true, maxProperties: 1_000 },
      { type: 'array', items: {}, maxItems: 1_000 },
    ],
    nullable: true,
    selfRequired: false,
    example: { keep_backup: true },
  })
  @IsOptional()
  @IsListOrObject()
  options?: object | null;

  /** Seconds until it is denied by itself; `APPROVAL_EXPIRY` of the server (10 minutes) unless given. */
  @IntegerField({ min: 10, max: 604_800, nullable: true, example: 3_600 })
  expires_in_seconds?: number | null;
}
