import { ApiProperty } from '@nestjs/swagger';

/** Whether one tool of a crew's server is offered. A tool without a row is. */
export class ToolBindingResponse {
  /** Id of the row. */
  id: string;

  /** Name of the tool. */
  tool_name: string;

  /** What the tool does. */
  description: string | null;

  /** Whether the tool is offered to the crew. */
  enabled: boolean;

  /** When the tool was first recorded (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** When the row was last changed (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  updated_at: string;
}
