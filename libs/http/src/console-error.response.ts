import { ApiProperty } from '@nestjs/swagger';
import { consoleCodes } from './console-dialect.js';

/** An error of the agent console (seed 002), in place of a problem document. */
export class ConsoleErrorResponse {
  /** What was wrong. */
  @ApiProperty({
    oneOf: [
      { type: 'string', maxLength: 4000 },
      { type: 'array', maxItems: 1000, items: { type: 'string', maxLength: 4000 } },
    ],
    example: 'Agent not found',
    description: 'What was wrong. For `validation_error` a list with one `path: text` for every fault.',
  })
  message: string | string[];

  /** The status in words. */
  @ApiProperty({ type: String, example: 'Not Found', maxLength: 100, description: 'The status in words.' })
  error: string;

  /** Stable code to branch on. */
  @ApiProperty({
    enum: [...consoleCodes],
    enumName: 'ConsoleErrorCode',
    example: 'not_found',
    description: 'Stable code to branch on.',
  })
  code: string;

  /** The HTTP status. */
  @ApiProperty({
    type: 'integer',
    format: 'int32',
    example: 404,
    minimum: 400,
    maximum: 599,
    description: 'The HTTP status.',
  })
  statusCode: number;

  /** Id of the request. */
  @ApiProperty({
    type: String,
    format: 'uuid',
    example: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
    maxLength: 36,
    description: 'Id of the request, also in the `X-Request-Id` header and in the log.',
  })
  request_id: string;
}
