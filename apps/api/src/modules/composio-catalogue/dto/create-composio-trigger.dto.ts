import { ApiProperty } from '@nestjs/swagger';
import { IsObject, IsOptional } from 'class-validator';
import { TextField } from '#http';

const bothRequired = 'slug and user_id are required';

/** A trigger to make, or to enable again. */
export class CreateComposioTriggerDto {
  /** Slug of the trigger type. */
  @TextField({
    required: true,
    max: 200,
    pattern: /^\s*[\w-]*\s*$/,
    requiredMessage: bothRequired,
    example: 'GMAIL_NEW_GMAIL_MESSAGE',
  })
  slug: string;

  /** Composio user that it fires for. */
  @TextField({ required: true, max: 255, requiredMessage: bothRequired, example: 'user-1' })
  user_id: string;

  /** Settings of the trigger type, handed to Composio as they are. */
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    maxProperties: 200,
    nullable: true,
    selfRequired: false,
    example: { interval: 60 },
  })
  @IsOptional()
  @IsObject({ message: 'config must be an object' })
  config?: Record<string, unknown> | null;
}
