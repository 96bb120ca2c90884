import { ApiProperty } from '@nestjs/swagger';
import { RegistrySyncResponse } from './registry-sync.response.js';

const outcomes = ['sync_started', 'already_running'] as const;

/** What became of asking for a sync. */
export class RegistrySyncRequestedResponse {
  /** Whether a run was started (or taken up again), or one is under way already. */
  @ApiProperty({ enum: outcomes, enumName: 'RegistrySyncOutcome' })
  status: (typeof outcomes)[number];

  /** The same in a sentence. */
  @ApiProperty({ maxLength: 255, example: 'MCP registry sync has been triggered in the background' })
  message: string;

  /** State and progress. */
  sync: RegistrySyncResponse;
}
