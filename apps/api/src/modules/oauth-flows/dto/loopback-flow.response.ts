import { ApiProperty } from '@nestjs/swagger';
import { type LoopbackMode, loopbackModes } from './start-loopback.dto.js';
import { StartedFlowResponse } from './started-flow.response.js';

/** An authorization whose answer goes to a listener on the browser's own host. */
export class LoopbackFlowResponse extends StartedFlowResponse {
  /** Port that is to be listened on, on 127.0.0.1. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 1, maximum: 65_535, example: 49_152 })
  loopback_port: number;

  /** Address that the answer comes to. */
  @ApiProperty({ type: String, format: 'uri', maxLength: 2048, example: 'http://127.0.0.1:49152/callback' })
  redirect_uri: string;

  /** Who listens. */
  @ApiProperty({ enum: loopbackModes, enumName: 'LoopbackMode' })
  mode: LoopbackMode;
}
