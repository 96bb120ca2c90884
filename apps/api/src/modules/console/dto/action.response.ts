import { ApiProperty } from '@nestjs/swagger';
import { ConsoleSuccessResponse } from './console-success.response.js';

/** A tool that an agent has, with where it comes from. */
export class ActionResponse {
  /** Id of the tool. */
  id: string;

  /** Id of its integration. */
  integration_id: string;

  /** Family of its integration. */
  @ApiProperty({ type: String, enum: ['mcp_server'] })
  integration_type: string;

  /** Name of its integration. */
  @ApiProperty({ type: String, maxLength: 255, example: 'mrguild.com' })
  integration_name: string;

  /** Name for people. */
  @ApiProperty({ type: String, maxLength: 255, example: 'Create issue' })
  name: string;

  /** Name by which it is called. */
  @ApiProperty({ type: String, maxLength: 128, example: 'create_issue' })
  action_name: string;

  /** What its server says it does. */
  @ApiProperty({ type: String, nullable: true, maxLength: 1_000 })
  description: string | null;

  /** Whether the agent is offered it. */
  is_enabled: boolean;
}

/** The tools that an agent has. */
export class ActionListEnvelopeResponse extends ConsoleSuccessResponse {
  /** By integration, newest first, then by name. */
  @ApiProperty({ type: () => [ActionResponse] })
  data: ActionResponse[];
}

/** How many tools were switched. */
export class SwitchedActionsResponse {
  /** How many of the ids are tools of the agent; others were passed over. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, example: 2 })
  updated_count: number;
}

/** How many tools were switched. */
export class SwitchedActionsEnvelopeResponse extends ConsoleSuccessResponse {
  /** The number. */
  data: SwitchedActionsResponse;
}
