import { ApiProperty } from '@nestjs/swagger';

/** The process answers. */
export class HealthResponse {
  /** Always `ok`: a process that cannot answer says nothing. */
  @ApiProperty({ enum: ['ok'] })
  status: 'ok';
}

/** The process can serve requests. */
export class ReadinessResponse extends HealthResponse {
  /** Always `ok`: without its database the answer is 503. */
  @ApiProperty({ enum: ['ok'] })
  database: 'ok';
}
