import { TextField } from '#http';

/** How long to wait. */
export class WaitForApprovalQuery {
  /** Seconds, 0 to 60; 30 unless given. */
  @TextField({
    max: 2,
    pattern: /^([0-9]|[1-5][0-9]|60)$/,
    patternMessage: 'timeout_seconds must be a whole number from 0 to 60',
    tooLong: 'timeout_seconds must be a whole number from 0 to 60',
    example: '30',
  })
  timeout_seconds?: string;
}
