import { ApiProperty } from '@nestjs/swagger';
import { AgentBindingResponse } from './agent-binding.response.js';

/** A binding after a change. */
export class UpdatedAgentBindingResponse extends AgentBindingResponse {
  /** Always `updated`. */
  @ApiProperty({ enum: ['updated'], enumName: 'UpdatedStatus' })
  status: 'updated';
}
