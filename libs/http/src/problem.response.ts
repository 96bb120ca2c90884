import { ApiProperty } from '@nestjs/swagger';

/** One fault in one member of a body or query. */
export class FieldProblemResponse {
  /** Path of the member, with dots between levels. */
  @ApiProperty({
    type: String,
    example: 'transport',
    maxLength: 500,
    description: 'Path of the member, with dots between levels.',
  })
  field: string;

  /** Stable reason in snake case. */
  @ApiProperty({ type: String, example: 'is_in', maxLength: 100, description: 'Stable reason in snake case.' })
  code: string;

  /** What to do about it. */
  @ApiProperty({
    type: String,
    example: "transport must be 'streamable-http' or 'stdio'",
    maxLength: 2000,
    description: 'What to do about it.',
  })
  message: string;
}

/** A problem document (RFC 9457, RFC 7807). */
export class ProblemResponse {
  /** Kind of problem; `about:blank` says that `status` and `code` say it all. */
  @ApiProperty({
    type: String,
    example: 'about:blank',
    maxLength: 500,
    description: 'Kind of problem; `about:blank` says that `status` and `code` say it all.',
  })
  type: string;

  /** The status in words. */
  @ApiProperty({ type: String, example: 'Bad Request', maxLength: 100, description: 'The status in words.' })
  title: string;

  /** The HTTP status. */
  @ApiProperty({
    type: 'integer',
    format: 'int32',
    example: 400,
    minimum: 400,
    maximum: 599,
    description: 'The HTTP status.',
  })
  status: number;

  /** What was wrong and what to do. */
  @ApiProperty({
    type: String,
    example: 'name is required',
    maxLength: 4000,
    description: 'What was wrong and what to do.',
  })
  detail: string;

  /** Path of the request. */
  @ApiProperty({
    type: String,
    example: '/api/v1/integrations',
    maxLength: 4000,
    description: 'Path of the request, without its query.',
  })
  instance: string;

  /** Stable code to branch on. */
  @ApiProperty({ type: String, example: 'http.invalid_body', maxLength: 100, description: 'Stable code to branch on.' })
  code: string;

  /** Id of the request, also in the `X-Request-Id` header and in the log. */
  @ApiProperty({
    type: String,
    example: 'cmhq3v1x0a1b2c3d4e5f6g7h8',
    maxLength: 200,
    description: 'Id of the request, also in the `X-Request-Id` header and in the log.',
  })
  request_id: string;

  /** Same text as `detail`. */
  @ApiProperty({
    type: String,
    example: 'name is required',
    maxLength: 4000,
    description: 'Same text as `detail`, for clients of the simpler form.',
  })
  error: string;

  /** Why the caller is not known; with 401 only. */
  @ApiProperty({
    type: String,
    required: false,
    example: 'session_expired',
    maxLength: 100,
    description: 'Why the caller is not known, as in `WWW-Authenticate`; with 401 only.',
  })
  reason?: string;

  /** Faults by field. */
  @ApiProperty({
    type: () => [FieldProblemResponse],
    required: false,
    maxItems: 1000,
    description: 'Faults by field, for invalid bodies and queries.',
  })
  errors?: FieldProblemResponse[];
}
